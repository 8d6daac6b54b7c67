import { randomUUID } from 'node:crypto';
import { createSyncJob, syncJobName, type WorkerEvent } from '@visanet/cbb-queue';
import type { BullmqQueueLike } from './bullmq-types.ts';

const live = new Set(['waiting', 'active', 'delayed', 'prioritized', 'waiting-children']);

/**
 * The job id is ours and random: an id that comes back different tells that the order was waiting already.
 * `attempts` is a loose net only, the store's count decides.
 */
function createJob(orderId: string) {
  const opts = {
    jobId: randomUUID(),
    deduplication: { id: orderId, keepLastIfActive: true },
    attempts: 100,
    backoff: { type: 'cbb-sync' },
    removeOnComplete: { age: 3_600, count: 1_000 },
    removeOnFail: { age: 14 * 86_400, count: 5_000 },
    sizeLimit: 1_024,
    stackTraceLimit: 1,
  };
  return { name: syncJobName, data: createSyncJob(orderId), opts };
}

/** Adds a pointer for each order; tells how many of them did not wait already. */
export async function pushOrders(
  queue: BullmqQueueLike,
  orderIds: readonly string[],
  onEvent: (event: WorkerEvent) => void,
): Promise<number> {
  const jobs = orderIds.map(createJob);
  const added = await queue.addBulk(jobs);
  const enqueued = jobs.map(async ({ data: { orderId }, opts: { jobId } }, index) => {
    const heldBy = added[index]?.id;
    if (heldBy === jobId) return true;
    if (heldBy === undefined || !(await isStray(queue, orderId, heldBy))) return false;
    await queue.removeDeduplicationKey(orderId);
    await queue.addBulk([createJob(orderId)]);
    onEvent({ kind: 'stray-key-repaired', orderId });
    return true;
  });
  return (await Promise.all(enqueued)).filter(Boolean).length;
}

/** An outage can leave the key of a job that is gone; it would swallow every later add of the order. */
async function isStray(queue: BullmqQueueLike, orderId: string, heldBy: string): Promise<boolean> {
  if (live.has(await queue.getJobState(heldBy))) return false;
  // The job may just have ended and handed the key to its follower: only an unchanged key is stray.
  return (await queue.getDeduplicationJobId(orderId)) === heldBy;
}
