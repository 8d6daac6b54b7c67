import type { WorkerEvent } from '../port/queue-adapter.ts';
import type { QueueDriver } from '../port/queue-driver.ts';
import { findAbsent } from './find-absent.ts';
import type { KeyedJobs } from './keyed-jobs.ts';

/** An order whose key names this job. */
interface HeldOrder {
  readonly orderId: string;
  readonly jobId: string;
}

/** A job that comes this soon need not be pulled forward. */
const soonMs = 5_000;

/**
 * What a driver does with orders on a queue of keyed jobs: a push also pulls forward what waits for later, since the
 * engine sends a run back that comes too early, and repairs keys that would swallow every enqueue.
 */
export function driveKeyedJobs(
  jobs: KeyedJobs,
  onEvent: (event: WorkerEvent) => void,
): Required<Pick<QueueDriver, 'push' | 'missing'>> {
  /** The job may just have ended and handed the key to its follower: only an unchanged key is stray. */
  async function repair({ orderId, jobId }: HeldOrder): Promise<boolean> {
    const [holder] = await jobs.holdersOf([orderId]);
    if (holder !== jobId) return false;
    await jobs.freeKey(orderId);
    await jobs.add([orderId]);
    onEvent({ kind: 'stray-key-repaired', orderId });
    return true;
  }

  return {
    async push(orderIds) {
      const held = pairsOf(orderIds, await jobs.add(orderIds));
      const { stray, late } = await troubleOf(jobs, held);
      await Promise.all(late.map(({ jobId }) => jobs.pullForward(jobId)));
      const repaired = await Promise.all(stray.map(repair));
      return orderIds.length - held.length + repaired.filter(Boolean).length;
    },
    async missing(orderIds) {
      const held = pairsOf(orderIds, await jobs.holdersOf(orderIds));
      const { stray, late } = await troubleOf(jobs, held);
      const served = new Set(held.map(({ orderId }) => orderId));
      for (const { orderId } of [...stray, ...late]) served.delete(orderId);
      return orderIds.filter((orderId) => !served.has(orderId));
    },
  };
}

function pairsOf(orderIds: readonly string[], jobIds: readonly (string | null)[]): readonly HeldOrder[] {
  return orderIds.flatMap((orderId, index) => {
    const jobId = jobIds[index] ?? null;
    return jobId === null ? [] : [{ orderId, jobId }];
  });
}

/** Which of these jobs will never run, as an outage can leave them, and which wait for later. */
async function troubleOf(jobs: KeyedJobs, held: readonly HeldOrder[]) {
  if (held.length === 0) return { stray: [], late: [] };
  const jobIds = held.map(({ jobId }) => jobId);
  const [absent, ended, waitUntil] = await Promise.all([
    findAbsent(jobIds, (ids) => jobs.count(ids)),
    jobs.haveEnded(jobIds),
    jobs.waitUntil(jobIds),
  ]);
  const soon = Date.now() + soonMs;
  return {
    stray: held.filter(({ jobId }, index) => absent.has(jobId) || ended[index] === true),
    late: held.filter((_, index) => (waitUntil[index] ?? 0) > soon),
  };
}
