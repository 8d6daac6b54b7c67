import {
  createSyncJob,
  type DriverWorker,
  type Settlement,
  settlementOf,
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
    const verdict = await setup.runJob({ jobId, data, errors, signal });
    return settle(boss, queueName, jobId, settlementOf(verdict, data));
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
  id: string,
  settlement: Settlement,
): Promise<PgBossJobResult> {
  switch (settlement.kind) {
    case 'complete':
      return { id, status: 'completed', output: settlement.output };
    case 'bury':
      return { id, status: 'deadletter', output: { reason: settlement.reason } };
    case 'retry':
      return { id, status: 'failed', output: { reason: settlement.reason } };
    case 'again':
      return waitInNewJob(boss, queueName, settlement.orderId, settlement.afterMs).then(
        () => ({ id, status: 'completed', output: { outcome: settlement.outcome } }),
        () => ({ id, status: 'failed', output: { reason: 'queue_unavailable' } }),
      );
  }
}

/** pg-boss has no delay of its own for a job in hand: this one ends, and the order waits in a new one. */
async function waitInNewJob(boss: PgBossLike, queueName: string, orderId: string, afterMs: number) {
  // Enqueued during this run: that job must not wait as long as the run that failed.
  const queued = await boss.findJobs(queueName, { key: orderId, queued: true, limit: 1 });
  if (queued.length > 0) return;
  const options = { singletonKey: orderId, startAfter: afterMs / 1_000 };
  await boss.upsert(queueName, createSyncJob(orderId), options);
}
