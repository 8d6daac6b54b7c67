import type { Clock, SyncEngine, SyncOutcome } from '@visanet/cbb-sync';
import { err, ok, type Result } from 'neverthrow';
import { engineFailed } from '../errors/queue-errors.ts';
import { runSyncJob } from '../jobs/run-sync-job.ts';
import type { QueueError, WorkerEvent } from '../port/queue-adapter.ts';
import { createTimers } from '../time/timers.ts';

export interface RunDueOptions {
  /** When the host ends the call, in milliseconds from now; orders that still run are aborted shortly before. */
  readonly budgetMs: number;
  /**
   * No order is started with less than this left, nor with less than the slowest one of this call took, in
   * milliseconds.
   * @default 5000
   */
  readonly reserveMs?: number;
  /**
   * Orders worked at most.
   * @default unlimited
   */
  readonly limit?: number;
  /**
   * Orders synced at the same time.
   * @default 5
   */
  readonly concurrency?: number;
  /** Ends the call early: nothing more is started, and what runs is aborted and given back. */
  readonly signal?: AbortSignal;
}

/** What one call of `runDue` did. `worked` is the sum of the outcomes and of `errored` and `released`. */
export interface RunDueResult {
  readonly worked: number;
  readonly outcomes: Readonly<Record<SyncOutcome, number>>;
  /** Orders without an outcome, because the store failed. */
  readonly errored: number;
  /** Orders whose run was cut short; they are due again. */
  readonly released: number;
  /** Why the call ended; all but `nothing_due` may leave work for the next call. */
  readonly ended: 'nothing_due' | 'budget' | 'limit' | 'aborted' | 'halted' | 'store_failed';
  /** Earliest time at which an order of this call is due again, from now; null if none is. */
  readonly nextDueInMs: number | null;
}

export interface RunDueContext {
  readonly engine: SyncEngine;
  readonly clock: Clock;
  readonly onEvent: (event: WorkerEvent) => void;
}

/** The engine needs a moment after an abort to free its leases. */
const abortReserveMs = 250;

/** Works due orders until nothing is due or the time left is too short for another one. */
export async function runDueOrders(
  { engine, clock, onEvent }: RunDueContext,
  options: RunDueOptions,
): Promise<Result<RunDueResult, QueueError>> {
  const { budgetMs, reserveMs = 5_000, limit = Number.POSITIVE_INFINITY, concurrency = 5 } = options;
  const endsAt = clock.now() + budgetMs;
  const outcomes = { created: 0, updated: 0, unchanged: 0, skipped: 0, deferred: 0, partial: 0, failed: 0 };
  const cut = new AbortController();
  const signal = options.signal === undefined ? cut.signal : AbortSignal.any([cut.signal, options.signal]);
  let [started, running, worked, released, slowestMs] = [0, 0, 0, 0, 0];
  const idle: (() => void)[] = [];
  let ended: RunDueResult['ended'] | null = null;
  let nextDueAt: number | null = null;
  let failure: QueueError | null = null;

  function tell(event: WorkerEvent): void {
    if (event.kind === 'job-finished') outcomes[event.report.outcome] += 1;
    onEvent(event);
  }

  async function giveBack(orderId: string): Promise<void> {
    // Should the store fail here, the claim lapses by itself.
    (await engine.arm(orderId)).unwrapOr(undefined);
  }

  async function work(orderId: string): Promise<void> {
    worked += 1;
    const startedAt = clock.now();
    const verdict = await runSyncJob(engine, orderId, { signal, errors: 0, onEvent: tell });
    slowestMs = Math.max(slowestMs, clock.now() - startedAt);
    if (verdict.kind === 'halted') {
      const { afterMs: _, ...halted } = verdict;
      if (ended !== 'halted') onEvent({ ...halted, kind: 'worker-halted' });
      ended = 'halted';
    }
    if (verdict.kind === 'released') {
      if (ended !== 'halted') ended = options.signal?.aborted ? 'aborted' : 'budget';
      released += 1;
      await giveBack(orderId);
    }
    if (verdict.kind === 'later' || verdict.kind === 'errored') {
      // Of an order that another held nothing was written: its claim hides it until then.
      const hiddenMs = verdict.afterMs === 0 ? 0 : engine.claimVisibilityMs;
      const dueAt = clock.now() + Math.max(verdict.afterMs, hiddenMs);
      nextDueAt = Math.min(nextDueAt ?? dueAt, dueAt);
    }
  }

  function reasonToEnd(): RunDueResult['ended'] | null {
    if (options.signal?.aborted) return 'aborted';
    if (cut.signal.aborted) return 'budget';
    return endsAt - clock.now() < Math.max(reserveMs, slowestMs) ? 'budget' : null;
  }

  /** While an order runs, the store may have its locks on others, which a claim then passes over. */
  async function anotherEnds(): Promise<void> {
    await new Promise<void>((resolve) => idle.push(resolve));
  }

  async function lane(): Promise<void> {
    for (;;) {
      ended ??= reasonToEnd();
      if (ended !== null || started >= limit) return;
      started += 1;
      const due = await engine.claimDue(1);
      const orderId = due.unwrapOr([])[0];
      if (orderId !== undefined) {
        // The key may have been rejected, or the time be up, while the store was asked.
        ended ??= reasonToEnd();
        if (ended !== null) return giveBack(orderId);
        running += 1;
        await work(orderId);
        running -= 1;
        for (const resume of idle.splice(0)) resume();
        continue;
      }
      started -= 1;
      if (due.isErr()) {
        failure ??= engineFailed(due.error);
        ended ??= 'store_failed';
      }
      if (due.isErr() || running === 0) return;
      await anotherEnds();
    }
  }

  const timers = createTimers(clock);
  timers.after(Math.max(0, budgetMs - abortReserveMs), () => cut.abort());
  await Promise.all(Array.from({ length: concurrency }, lane));
  timers.cancelAll();

  if (failure !== null && worked === 0) return err(failure);
  const told = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  return ok({
    worked,
    outcomes,
    errored: worked - told - released,
    released,
    ended: ended ?? (worked >= limit ? 'limit' : 'nothing_due'),
    nextDueInMs: nextDueAt === null ? null : Math.max(0, nextDueAt - clock.now()),
  });
}
