import {
  backoffMs,
  type Clock,
  createSyncJob,
  type DriverWorker,
  type JobVerdict,
  type SyncEngine,
  type SyncError,
  type WorkSetup,
} from '@visanet/cbb-sync';
import type { Result } from 'neverthrow';
import { ok } from 'neverthrow';
import { createTimers } from './timers.ts';

export interface DueWorkerSetup extends WorkSetup {
  readonly engine: SyncEngine;
  readonly clock: Clock;
  readonly onClaimFailed: (error: SyncError) => void;
}

export interface DueWorker extends DriverWorker {
  /** These orders became due: look at the store as soon as there is room. */
  nudge(orderIds: readonly string[]): void;
  /** Claims and starts up to `limit` due orders, as far as there is room. */
  takeDue(limit: number): Promise<Result<readonly string[], SyncError>>;
}

/** A timer may fire a moment early by the store's clock, and would then find nothing. */
const wakeSlackMs = 5;

/** Takes due orders from the store while there is room, and wakes up when one of them is due again. */
export function startDueWorker(setup: DueWorkerSetup): DueWorker {
  const { engine, clock, concurrency, runJob } = setup;
  const timers = createTimers(clock);
  const running = new Set<string>();
  /** Claimed while they ran: run once more afterwards. */
  const again = new Set<string>();
  /** Made due while they ran: the store may hand them out afterwards. */
  const dueAgain = new Set<string>();
  /** Runs in a row without an outcome. */
  const errors = new Map<string, number>();
  /** Waiting after such a run, although the store may call them due. */
  const resting = new Set<string>();
  const givingBack = new Set<Promise<void>>();
  let reserved = 0;
  let claimErrors = 0;
  let taking = true;
  let mayHaveMore = true;

  function wake(): void {
    mayHaveMore = true;
    void pull();
  }

  async function pull(): Promise<void> {
    const due = await takeDue(concurrency);
    if (due.isOk() || !taking) return;
    setup.onClaimFailed(due.error);
    timers.after(backoffMs(claimErrors), wake);
    claimErrors += 1;
  }

  async function takeDue(limit: number): Promise<Result<readonly string[], SyncError>> {
    const room = Math.min(limit, concurrency - running.size - reserved);
    if (!taking || room <= 0) return ok([]);
    mayHaveMore = false;
    reserved += room;
    const due = await engine.claimDue(room);
    reserved -= room;
    if (due.isErr()) return due;
    claimErrors = 0;
    for (const orderId of due.value) take(orderId);
    if (due.value.length >= room || mayHaveMore) wake();
    return due;
  }

  function take(orderId: string): void {
    if (!taking) giveBack(orderId);
    else if (running.has(orderId)) again.add(orderId);
    else if (!resting.has(orderId)) void run(orderId);
  }

  async function run(orderId: string): Promise<void> {
    running.add(orderId);
    const data = createSyncJob(orderId);
    const verdict = await runJob({ jobId: orderId, data, errors: errors.get(orderId) ?? 0 });
    running.delete(orderId);
    finish(orderId, verdict);
    if (mayHaveMore) void pull();
  }

  function finish(orderId: string, verdict: JobVerdict): void {
    if (verdict.kind === 'errored') errors.set(orderId, (errors.get(orderId) ?? 0) + 1);
    else errors.delete(orderId);
    if (dueAgain.delete(orderId)) mayHaveMore = true;
    const claimedAgain = again.delete(orderId);
    if (verdict.kind === 'errored' && taking) rest(orderId, verdict.afterMs);
    else if (claimedAgain) take(orderId);
    else if (verdict.kind === 'released') giveBack(orderId);
    else if (verdict.kind === 'later' && taking) timers.after(verdict.afterMs + wakeSlackMs, wake);
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
    const done = engine.arm(orderId).match(wake, (error) => {
      if (error.kind === 'order_not_found') errors.delete(orderId);
    });
    givingBack.add(done);
    void done.finally(() => givingBack.delete(done));
  }

  wake();
  return {
    nudge(orderIds) {
      for (const orderId of orderIds) if (running.has(orderId)) dueAgain.add(orderId);
      wake();
    },
    takeDue,
    async pause() {
      taking = false;
      timers.cancelAll();
    },
    async end() {
      await Promise.allSettled(givingBack);
    },
  };
}
