import { createSlots, createSyncJob, type DriverWorker, endJob, type WorkSetup } from '@visanet/cbb-queue';
import type { PgBossJobLike, PgBossJobResult, PgBossLike } from './pg-boss-types.ts';

/** The jobs of a batch end together, and one that hangs would hold the others: a worker takes one. */
export function workOptions(pollingIntervalMs: number) {
  return {
    batchSize: 1,
    pollingIntervalSeconds: pollingIntervalMs / 1_000,
    // Behind notifications: for jobs that become due, of which pg-boss notifies nobody.
    notifyPollingIntervalSeconds: Math.max(1, pollingIntervalMs / 1_000),
    perJobResults: true as const,
  };
}

/** Starts workers of pg-boss's that do with each job what the verdict says. */
export async function workJobs(
  boss: PgBossLike,
  queueName: string,
  pollingIntervalMs: number,
  setup: WorkSetup,
): Promise<DriverWorker> {
  async function work({ id, data, retryCount, signal }: PgBossJobLike): Promise<PgBossJobResult> {
    const verdict = await setup.runJob({ jobId: id, data, errors: retryCount, signal });
    return endJob<PgBossJobResult>(verdict, data, {
      complete: async (output) => ({ id, status: 'completed', output }),
      bury: async (reason) => ({ id, status: 'deadletter', output: { reason } }),
      retry: async (reason) => ({ id, status: 'failed', output: { reason } }),
      // pg-boss has no delay of its own for a job in hand: this one ends, and the order waits in a new one.
      again: (orderId, afterMs) =>
        boss
          .upsert(queueName, createSyncJob(orderId), { singletonKey: orderId, startAfter: afterMs / 1_000 })
          .then(
            () => ({ id, status: 'completed', output: { outcome: verdict.kind } }),
            () => ({ id, status: 'failed', output: { reason: 'queue_unavailable' } }),
          ),
      takeFollowUp: async (orderId) =>
        (await boss.findJobs(queueName, { key: orderId, queued: true, limit: 1 })).length > 0,
    });
  }

  const options = workOptions(pollingIntervalMs);
  const slots = createSlots({
    limit: setup.concurrency,
    open: (run) => boss.work(queueName, options, (jobs) => run(() => Promise.all(jobs.map(work)))),
    close: (id) => boss.offWork(queueName, { id, wait: true }),
    lookAgain: (id) => boss.notifyWorker(id),
  });
  await slots.start();
  return {
    pause: async () => void slots.stop(),
    end: (force) => (force ? Promise.resolve() : slots.stop()),
  };
}
