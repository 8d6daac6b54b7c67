import { randomUUID } from 'node:crypto';
import { createSyncJob, type KeyedJobs, syncJobName } from '@visanet/cbb-queue';
import type { BullmqQueueLike } from './bullmq-types.ts';
import { redisOf } from './redis.ts';

/** A score of the delayed set is a time in milliseconds and, below it, twelve bits of a counter. */
const scoresPerMs = 0x1000;

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

/** BullMQ's deduplication keys; one command for each look, and none goes through the list of waiting jobs. */
export function keyedJobs(queueOf: () => BullmqQueueLike): KeyedJobs {
  const toKey = (name: string) => queueOf().toKey(name);
  const redis = () => redisOf(queueOf());
  const scoresIn = async (set: string, jobIds: readonly string[]) =>
    (await redis()).zmscore(toKey(set), [...jobIds]);
  return {
    async add(orderIds) {
      const jobs = orderIds.map(createJob);
      const added = await queueOf().addBulk(jobs);
      return jobs.map(({ opts }, index) => {
        const jobId = added[index]?.id ?? null;
        return jobId === opts.jobId ? null : jobId;
      });
    },
    holdersOf: async (orderIds) => (await redis()).mget(orderIds.map((orderId) => toKey(`de:${orderId}`))),
    count: async (jobIds) => (await redis()).exists(jobIds.map(toKey)),
    async haveEnded(jobIds) {
      const [done, failed] = await Promise.all([scoresIn('completed', jobIds), scoresIn('failed', jobIds)]);
      return jobIds.map((_, index) => typeof (done[index] ?? failed[index]) === 'string');
    },
    async waitUntil(jobIds) {
      return (await scoresIn('delayed', jobIds)).map((score) => Number(score ?? 0) / scoresPerMs);
    },
    async pullForward(jobId) {
      const job = await queueOf().getJob(jobId);
      // It may have started in the meantime.
      await job?.promote().catch(() => {});
    },
    freeKey: (orderId) => queueOf().removeDeduplicationKey(orderId),
  };
}
