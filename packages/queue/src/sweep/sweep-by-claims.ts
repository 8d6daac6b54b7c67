import type { SyncEngine } from '@visanet/cbb-sync';
import { err, ok, type Result } from 'neverthrow';
import { engineFailed } from '../errors/queue-errors.ts';
import type { QueueError, SweepResult } from '../port/queue-adapter.ts';
import type { Sweep } from './sweep.ts';

/** Takes the due orders batch by batch, where the store itself is the queue; memory stays constant. */
export async function sweepByClaims({
  engine,
  enqueueMany,
  batchSize,
  signal,
}: Omit<Sweep, 'missing'>): Promise<Result<SweepResult, QueueError>> {
  let first: string | undefined;
  let enqueued = 0;
  let coalesced = 0;
  const sums = (complete: boolean) => ok({ due: enqueued + coalesced, enqueued, coalesced, complete });
  for (;;) {
    if (signal.aborted) return sums(false);
    const due = await engine.claimDue(batchSize);
    if (due.isErr()) return err(engineFailed(due.error));
    // The store hands out the oldest first, and again after a while: a slow sweep would go round for ever.
    const again = first !== undefined && due.value.includes(first);
    if (due.value.length === 0 || again) return sums(true);
    first ??= due.value[0];
    const pushed = await enqueueMany(due.value);
    if (pushed.isErr()) {
      await giveBack(engine, due.value);
      return err(pushed.error);
    }
    enqueued += pushed.value.enqueued;
    coalesced += pushed.value.coalesced;
    if (due.value.length < batchSize) return sums(true);
  }
}

/** What did not reach the queue is due again at once, not when its claim lapses; unless the store fails too. */
async function giveBack(engine: SyncEngine, orderIds: readonly string[]): Promise<void> {
  for (const orderId of orderIds) {
    const armed = await engine.arm(orderId);
    if (armed.isErr() && armed.error.kind !== 'order_not_found') return;
  }
}
