import { err, ok, type Result, type ResultAsync } from 'neverthrow';
import { engineFailed } from '../errors/queue-errors.ts';
import type { QueueError, SweepResult } from '../port/queue-adapter.ts';
import type { Sweep } from './sweep.ts';

/** Large, because a page of orders that all wait in the queue costs one look at the store and one at the queue. */
const pageSize = 10_000;

/** Reads the due orders and asks the queue which of them it lacks, so that a backlog costs next to nothing. */
export async function sweepByList({
  engine,
  enqueueMany,
  missing,
  batchSize,
  signal,
}: Omit<Sweep, 'missing'> & {
  missing: (orderIds: readonly string[]) => ResultAsync<readonly string[], QueueError>;
}): Promise<Result<SweepResult, QueueError>> {
  let enqueued = 0;
  let coalesced = 0;
  const sums = (complete: boolean) => ok({ due: enqueued + coalesced, enqueued, coalesced, complete });
  let after: string | null = null;
  do {
    if (signal.aborted) return sums(false);
    const page = await engine.listDue(after, pageSize);
    if (page.isErr()) return err(engineFailed(page.error));
    const { orderIds, next } = page.value;
    const lacking = signal.aborted || orderIds.length === 0 ? ok([]) : await missing(orderIds);
    if (lacking.isErr()) return err(lacking.error);
    coalesced += orderIds.length - lacking.value.length;
    for (let from = 0; from < lacking.value.length; from += batchSize) {
      if (signal.aborted) return sums(false);
      const pushed = await enqueueMany(lacking.value.slice(from, from + batchSize));
      if (pushed.isErr()) return err(pushed.error);
      enqueued += pushed.value.enqueued;
      coalesced += pushed.value.coalesced;
    }
    after = next;
  } while (after !== null);
  return sums(true);
}
