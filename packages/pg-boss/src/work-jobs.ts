import {
  createSyncJob,
  type DriverWorker,
  type JobVerdict,
  parseSyncJob,
  type WorkSetup,
} from '@visanet/cbb-queue';
import type { PgBossJobLike, PgBossJobResult, PgBossLike } from './pg-boss-types.ts';

/** A batch settles when its last job ends: small batches keep one slow order from holding many others. */
const maxBatchSize = 5;

export function workOptions(concurrency: number, pollingIntervalMs: number) {
  const localConcurrency = Math.ceil(concurrency / maxBatchSize);
  return {
    batchSize: Math.floor(concurrency / localConcurrency),
    localConcurrency,
    pollingIntervalSeconds: pollingIntervalMs / 1_000,
    // Notifications that come while a batch runs melt into one: the poll behind them must stay short.
    notifyPollingIntervalSeconds: Math.max(1, pollingIntervalMs / 1_000),
    burstWhenBatchFull: true,
    perJobResults: true as const,
  };
}

/** Starts a pg-boss worker that does with each job what the verdict says. */
export async function workJobs(
  boss: PgBossLike,
  queueName: string,
  pollingIntervalMs: number,
  setup: WorkSetup,
): Promise<DriverWorker> {
  async function work(job: PgBossJobLike): Promise<PgBossJobResult> {
    const { id: jobId, data, retryCount: errors, signal } = job;
    return settle(boss, queueName, job, await setup.runJob({ jobId, data, errors, signal }));
  }
  const id = await boss.work(queueName, workOptions(setup.concurrency, pollingIntervalMs), (jobs) =>
    Promise.all(jobs.map(work)),
  );
  return {
    pause: () => boss.offWork(queueName, { id, wait: false }),
    end: (force) => boss.offWork(queueName, { id, wait: !force }),
  };
}

async function settle(
  boss: PgBossLike,
  queueName: string,
  { id, data }: PgBossJobLike,
  verdict: JobVerdict,
): Promise<PgBossJobResult> {
  /** pg-boss has no delay of its own for a job in hand: this one ends, and the order waits in a new one. */
  async function runAgain(afterMs: number): Promise<PgBossJobResult> {
    const parsed = parseSyncJob(data);
    if (parsed.kind === 'rejected') return { id, status: 'deadletter', output: { reason: parsed.reason } };
    const { orderId } = parsed;
    try {
      // Enqueued during this run: that job must not wait as long as the run that failed.
      const queued = await boss.findJobs(queueName, { key: orderId, queued: true, limit: 1 });
      if (queued.length > 0) return { id, status: 'completed', output: { outcome: verdict.kind } };
      await boss.upsert(queueName, createSyncJob(orderId), {
        singletonKey: orderId,
        startAfter: afterMs / 1_000,
      });
    } catch {
      return { id, status: 'failed', output: { reason: 'queue_unavailable' } };
    }
    return { id, status: 'completed', output: { outcome: verdict.kind } };
  }
  switch (verdict.kind) {
    case 'done':
      return {
        id,
        status: 'completed',
        output: { outcome: verdict.report.outcome, status: verdict.report.status },
      };
    case 'failed':
      return { id, status: 'deadletter', output: { reason: verdict.reason } };
    case 'errored':
      return { id, status: 'failed', output: { reason: verdict.error } };
    case 'later':
    case 'released':
    case 'halted':
      return runAgain(verdict.afterMs);
  }
}
