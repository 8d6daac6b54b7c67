import type { SyncEngine } from '@visanet/cbb-sync';
import { err, ok, type Result, type ResultAsync } from 'neverthrow';
import { engineFailed } from '../errors/queue-errors.ts';
import type { EnqueueSums, QueueError, SweepResult } from '../port/queue-adapter.ts';

/** Moves every due order of the store into the queue, batch by batch, so that memory stays constant. */
export async function sweepDueOrders(
  engine: SyncEngine,
  enqueueMany: (orderIds: readonly string[]) => ResultAsync<EnqueueSums, QueueError>,
  batchSize: number,
): Promise<Result<SweepResult, QueueError>> {
  let first: string | undefined;
  let claimed = 0;
  let enqueued = 0;
  let coalesced = 0;
  for (;;) {
    const due = await engine.claimDue(batchSize);
    if (due.isErr()) return err(engineFailed(due.error));
    // The store hands out the oldest first, and again after a while: a slow sweep would go round for ever.
    const again = first !== undefined && due.value.includes(first);
    if (due.value.length === 0 || again) return ok({ claimed, enqueued, coalesced });
    first ??= due.value[0];
    const sums = await enqueueMany(due.value);
    if (sums.isErr()) {
      await giveBack(engine, due.value);
      return err(sums.error);
    }
    claimed += due.value.length;
    enqueued += sums.value.enqueued;
    coalesced += sums.value.coalesced;
    if (due.value.length < batchSize) return ok({ claimed, enqueued, coalesced });
  }
}

/** What did not reach the queue is due again at once, not when its claim lapses; unless the store fails too. */
async function giveBack(engine: SyncEngine, orderIds: readonly string[]): Promise<void> {
  for (const orderId of orderIds) {
    const armed = await engine.arm(orderId);
    if (armed.isErr() && armed.error.kind !== 'order_not_found') return;
  }
}
