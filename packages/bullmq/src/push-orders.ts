import { randomUUID } from 'node:crypto';
import { createSyncJob, syncJobName, type WorkerEvent } from '@visanet/cbb-queue';
import type { BullmqQueueLike } from './bullmq-types.ts';
import { type HeldOrder, troubleOf } from './held-orders.ts';

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

/**
 * Adds a pointer for each order, and pulls forward what waits for later: the engine sends a run back that comes too
 * early. Tells how many orders did not wait already.
 */
export async function pushOrders(
  queue: BullmqQueueLike,
  orderIds: readonly string[],
  onEvent: (event: WorkerEvent) => void,
): Promise<number> {
  const jobs = orderIds.map(createJob);
  const added = await queue.addBulk(jobs);
  const held = jobs.flatMap(({ data: { orderId }, opts }, index) => {
    const jobId = added[index]?.id;
    return jobId === undefined || jobId === opts.jobId ? [] : [{ orderId, jobId }];
  });
  const { stray, late } = await troubleOf(queue, held);
  await Promise.all(late.map(({ jobId }) => pullForward(queue, jobId)));
  const repaired = await Promise.all(stray.map((order) => repair(queue, order, onEvent)));
  return jobs.length - held.length + repaired.filter(Boolean).length;
}

async function pullForward(queue: BullmqQueueLike, jobId: string): Promise<void> {
  const job = await queue.getJob(jobId);
  // It may have started in the meantime.
  await job?.promote().catch(() => {});
}

async function repair(
  queue: BullmqQueueLike,
  { orderId, jobId }: HeldOrder,
  onEvent: (event: WorkerEvent) => void,
): Promise<boolean> {
  // The job may just have ended and handed the key to its follower: only an unchanged key is stray.
  if ((await queue.getDeduplicationJobId(orderId)) !== jobId) return false;
  await queue.removeDeduplicationKey(orderId);
  await queue.addBulk([createJob(orderId)]);
  onEvent({ kind: 'stray-key-repaired', orderId });
  return true;
}
