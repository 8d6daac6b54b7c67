import { randomUUID } from 'node:crypto';
import { createSyncJob, type EnqueueSums, syncJobName, type WorkerEvent } from '@visanet/cbb-sync';
import type { BullmqQueueLike } from './bullmq-types.ts';
import { jobOptions } from './job-options.ts';
import { withTimeout } from './with-timeout.ts';

const bulkSize = 500;
const live = new Set(['waiting', 'active', 'delayed', 'prioritized', 'waiting-children']);

export interface PushOptions {
  /** A long list may take long, but each step of it may not. */
  readonly batchTimeoutMs: number;
  readonly onEvent: (event: WorkerEvent) => void;
}

/** Adds a pointer for each order; those that wait already coalesce. */
export async function pushOrders(
  queue: BullmqQueueLike,
  orderIds: readonly string[],
  { batchTimeoutMs, onEvent }: PushOptions,
): Promise<EnqueueSums> {
  let enqueued = 0;
  for (let start = 0; start < orderIds.length; start += bulkSize) {
    const batch = orderIds.slice(start, start + bulkSize);
    enqueued += await withTimeout(pushBatch(queue, batch, onEvent), batchTimeoutMs);
  }
  return { enqueued, coalesced: orderIds.length - enqueued };
}

async function pushBatch(
  queue: BullmqQueueLike,
  orderIds: readonly string[],
  onEvent: (event: WorkerEvent) => void,
): Promise<number> {
  const jobs = orderIds.map((orderId) => ({ orderId, jobId: randomUUID() }));
  const toBulk = ({ orderId, jobId }: (typeof jobs)[number]) => ({
    name: syncJobName,
    data: createSyncJob(orderId),
    opts: jobOptions(orderId, jobId),
  });
  const added = await queue.addBulk(jobs.map(toBulk));
  const mine = new Set<string>(jobs.map(({ jobId }) => jobId));
  const coalesced = jobs.flatMap(({ orderId, jobId }, index) => {
    const heldBy = added[index]?.id;
    return heldBy === undefined || heldBy === jobId || mine.has(heldBy) ? [] : [{ orderId, heldBy }];
  });
  const stray = await Promise.all(
    coalesced.map(async ({ orderId, heldBy }) => ((await isStray(queue, orderId, heldBy)) ? [orderId] : [])),
  );
  const repaired = new Set(stray.flat());
  for (const orderId of repaired) {
    await queue.removeDeduplicationKey(orderId);
    await queue.addBulk([toBulk({ orderId, jobId: randomUUID() })]);
    onEvent({ kind: 'stray-key-repaired', orderId });
  }
  const fresh = jobs.filter(({ jobId }, index) => added[index]?.id === jobId).length;
  return fresh + repaired.size;
}

/** An outage can leave the key of a job that is gone; it would swallow every later add of the order. */
async function isStray(queue: BullmqQueueLike, orderId: string, heldBy: string): Promise<boolean> {
  if (live.has(await queue.getJobState(heldBy))) return false;
  // The job may just have ended and handed the key to its follower: only an unchanged key is stray.
  return (await queue.getDeduplicationJobId(orderId)) === heldBy;
}
