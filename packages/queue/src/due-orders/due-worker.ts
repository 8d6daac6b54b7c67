import type { Clock, SyncEngine, SyncError } from '@visanet/cbb-sync';
import { ok, type Result } from 'neverthrow';
import { errorBackoffMs } from '../jobs/run-sync-job.ts';
import { createSyncJob } from '../jobs/sync-job.ts';
import type { JobVerdict } from '../port/job-verdict.ts';
import type { DriverWorker, WorkSetup } from '../port/queue-driver.ts';
import { createTimers } from '../time/timers.ts';

export interface DueWorkerSetup extends WorkSetup {
  readonly engine: SyncEngine;
  readonly clock: Clock;
}

export interface DueWorker extends DriverWorker {
  /** These orders became due: look at the store as soon as there is room. */
  nudge(orderIds: readonly string[]): void;
  /** Claims and starts up to `limit` due orders, as far as there is room. */
  takeDue(limit: number): Promise<Result<readonly string[], SyncError>>;
}

/** A timer may fire a moment early by the store's clock, and would then find nothing. */
const wakeSlackMs = 5;
/** Another worker's step holds the rows that a claim passes over for milliseconds, seldom longer. */
const nextLookMs = 500;
const maxNextLooks = 3;

/** Takes due orders from the store while there is room, and wakes up when one of them is due again. */
export function startDueWorker(setup: DueWorkerSetup): DueWorker {
  const { engine, clock, concurrency, runJob } = setup;
  const timers = createTimers(clock);
  const running = new Set<string>();
  /** Claimed while they ran: run once more afterwards. */
  const again = new Set<string>();
  /** Runs in a row without an outcome. */
  const errors = new Map<string, number>();
  /** Waiting after such a run, although the store may call them due. */
  const resting = new Set<string>();
  /** Of the last nudge, not handed out yet: another worker holds their rows for a moment, or has taken them. */
  let awaited = new Set<string>();
  let nextLooks = 0;
  /** Steps at the store beside the jobs: claims, and orders that are given back. */
  const steps = new Set<Promise<unknown>>();
  /** Jobs, with what follows from their verdict. */
  const runs = new Set<Promise<unknown>>();
  let awaitsClaims = false;
  let claimEndsAt = 0;
  let reserved = 0;
  let claimErrors = 0;
  let taking = true;
  let mayHaveMore = true;

  function noted<T>(step: Promise<T>, among = steps): Promise<T> {
    const ended = () => void among.delete(step);
    among.add(step);
    step.then(ended, ended);
    return step;
  }

  function wake(): void {
    mayHaveMore = true;
    void pull();
  }

  async function pull(): Promise<void> {
    const due = await takeDue(concurrency);
    if (due.isOk() || !taking) return;
    setup.engineFailed(due.error);
    if (!taking) return;
    timers.after(errorBackoffMs(claimErrors), wake);
    claimErrors += 1;
  }

  function takeDue(limit: number): Promise<Result<readonly string[], SyncError>> {
    return noted(claimAndStart(limit));
  }

  async function claimAndStart(limit: number): Promise<Result<readonly string[], SyncError>> {
    const room = Math.min(limit, concurrency - running.size - reserved);
    if (!taking || room <= 0) return ok([]);
    mayHaveMore = false;
    reserved += room;
    const due = await engine.claimDue(room);
    reserved -= room;
    if (due.isErr()) return due;
    claimErrors = 0;
    for (const orderId of due.value) {
      awaited.delete(orderId);
      take(orderId);
    }
    if (due.value.length >= room || mayHaveMore) wake();
    else if (awaited.size > 0 && nextLooks > 0 && taking) {
      nextLooks -= 1;
      timers.after(nextLookMs, wake);
    }
    return due;
  }

  function take(orderId: string): void {
    if (!taking) giveBack(orderId);
    else if (running.has(orderId)) again.add(orderId);
    else if (!resting.has(orderId)) void noted(run(orderId), runs);
  }

  async function run(orderId: string): Promise<void> {
    running.add(orderId);
    const data = createSyncJob(orderId);
    const verdict = await runJob({ jobId: orderId, data, errors: errors.get(orderId) ?? 0 });
    running.delete(orderId);
    finish(orderId, verdict);
    // The run's locks may have hidden other orders, or it was itself made due. Failing claims have their own pace.
    if (claimErrors === 0) wake();
  }

  function finish(orderId: string, verdict: JobVerdict): void {
    if (verdict.kind === 'errored') errors.set(orderId, (errors.get(orderId) ?? 0) + 1);
    else errors.delete(orderId);
    const claimedAgain = again.delete(orderId);
    if (verdict.kind === 'errored' && taking) rest(orderId, verdict.afterMs);
    else if (claimedAgain) take(orderId);
    else if (isUntold(verdict)) giveBack(orderId);
    else if (verdict.kind === 'later' && taking) {
      timers.after(verdict.afterMs + wakeSlackMs, wake);
      if (verdict.afterMs < engine.claimVisibilityMs) wakeAtClaimsEnd();
    }
  }

  /** Of an order whose phone or row another held nothing was written: its claim hides it a little longer. */
  function wakeAtClaimsEnd(): void {
    claimEndsAt = clock.now() + engine.claimVisibilityMs;
    if (awaitsClaims) return;
    awaitsClaims = true;
    const look = () => {
      const restMs = claimEndsAt - clock.now();
      if (restMs > 0) return timers.after(restMs + wakeSlackMs, look);
      awaitsClaims = false;
      wake();
    };
    timers.after(engine.claimVisibilityMs + wakeSlackMs, look);
  }

  /** The store knows nothing of this failure; its claim would hide the order for much longer. */
  function rest(orderId: string, restMs: number): void {
    resting.add(orderId);
    timers.after(restMs, () => {
      resting.delete(orderId);
      giveBack(orderId);
    });
  }

  /** Makes a claimed order due again; should that fail, its claim lapses by itself. */
  function giveBack(orderId: string): void {
    void noted(
      engine.arm(orderId).match(wake, (error) => {
        if (error.kind === 'order_not_found') errors.delete(orderId);
      }),
    );
  }

  wake();
  return {
    nudge(orderIds) {
      awaited = new Set(orderIds.filter((orderId) => !running.has(orderId)));
      nextLooks = maxNextLooks;
      wake();
    },
    takeDue,
    async pause() {
      taking = false;
      timers.cancelAll();
      for (const orderId of resting) giveBack(orderId);
      resting.clear();
    },
    async end(force) {
      if (!force) await Promise.allSettled(runs);
      // A claim that was under way gives back what it took.
      while (steps.size > 0) await Promise.allSettled(steps);
    },
  };
}

/** The store was not told how the run ended: it hides the order until the claim lapses. */
function isUntold(verdict: JobVerdict): boolean {
  if (verdict.kind === 'halted') return verdict.reason === 'sync_disabled';
  return verdict.kind === 'released' || verdict.kind === 'errored';
}
