import type { BullmqQueueLike } from './bullmq-types.ts';
import { type RedisCommands, redisOf } from './redis-commands.ts';

/** An order whose deduplication key names this job. */
export interface HeldOrder {
  readonly orderId: string;
  readonly jobId: string;
}

/** A job that comes this soon need not be pulled forward. */
const soonMs = 5_000;
/** A score of the delayed set is a time in milliseconds and, below it, twelve bits of a counter. */
const scoresPerMs = 0x1000;

/**
 * Which of these jobs will never run, so that their keys swallow every enqueue, as an outage can leave them, and which
 * wait for later. Four commands, however many they are; none looks through the list of waiting jobs.
 */
export async function troubleOf(queue: BullmqQueueLike, held: readonly HeldOrder[]) {
  if (held.length === 0) return { stray: [], late: [] };
  const redis = await redisOf(queue);
  const jobIds = held.map(({ jobId }) => jobId);
  const scoresIn = (set: string) => redis.zmscore(queue.toKey(set), jobIds);
  const [gone, completed, failed, delayed] = await Promise.all([
    findGone(redis, jobIds, (jobId) => queue.toKey(jobId)),
    scoresIn('completed'),
    scoresIn('failed'),
    scoresIn('delayed'),
  ]);
  const isIn = (scores: readonly (string | null)[], index: number) => typeof scores[index] === 'string';
  const soon = (Date.now() + soonMs) * scoresPerMs;
  return {
    stray: held.filter(
      ({ jobId }, index) => gone.has(jobId) || isIn(completed, index) || isIn(failed, index),
    ),
    late: held.filter((_, index) => Number(delayed[index] ?? 0) > soon),
  };
}

/** Halves where the count differs: one command while all are there. */
async function findGone(
  redis: RedisCommands,
  jobIds: readonly string[],
  keyOf: (jobId: string) => string,
): Promise<ReadonlySet<string>> {
  if (jobIds.length === 0 || (await redis.exists(jobIds.map(keyOf))) === jobIds.length) return new Set();
  if (jobIds.length === 1) return new Set(jobIds);
  const middle = Math.ceil(jobIds.length / 2);
  const halves = [jobIds.slice(0, middle), jobIds.slice(middle)];
  const gone = await Promise.all(halves.map((half) => findGone(redis, half, keyOf)));
  return new Set(gone.flatMap((ids) => [...ids]));
}

/** Of these orders those without a job that runs soon. */
export async function findMissing(
  queue: BullmqQueueLike,
  orderIds: readonly string[],
): Promise<readonly string[]> {
  const redis = await redisOf(queue);
  const holders = await redis.mget(orderIds.map((orderId) => queue.toKey(`de:${orderId}`)));
  const held = orderIds.flatMap((orderId, index) => {
    const jobId = holders[index];
    return typeof jobId === 'string' ? [{ orderId, jobId }] : [];
  });
  const { stray, late } = await troubleOf(queue, held);
  const helped = new Set([...stray, ...late].map(({ orderId }) => orderId));
  return orderIds.filter((orderId, index) => holders[index] === null || helped.has(orderId));
}
