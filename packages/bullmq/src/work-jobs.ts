import {
  type DriverWorker,
  errorBackoffMs,
  type Settlement,
  settlementOf,
  type WorkSetup,
} from '@visanet/cbb-queue';
import type { BullmqJobLike, BullmqQueueLike } from './bullmq-types.ts';
import { workerConnection } from './connections.ts';
import type { BullmqSettings } from './options.ts';
import { redisOf } from './redis-commands.ts';

export function workerOptions({ prefix, rateLimit, lockMs }: BullmqSettings, concurrency: number) {
  return {
    prefix,
    concurrency,
    // Workers without a limiter ignore a limit that others set: there is always one, if a loose one.
    limiter: { max: rateLimit.max, duration: rateLimit.durationMs },
    lockDuration: lockMs,
    stalledInterval: Math.max(1_000, Math.min(30_000, lockMs / 2)),
    // Nets against a job that circles for ever; the engine's own counts end an order long before.
    maxStalledCount: 50,
    maxStartedAttempts: 5_000,
    settings: {
      backoffStrategy: (_attempts: number, _type?: string, error?: Error) =>
        error !== undefined && 'afterMs' in error ? Number(error.afterMs) : errorBackoffMs(0),
    },
  };
}

/** Starts a BullMQ worker that does with each job what the verdict says. */
export async function workJobs(
  settings: BullmqSettings,
  queue: BullmqQueueLike,
  setup: WorkSetup,
): Promise<DriverWorker> {
  const { Worker } = settings.classes();
  const { connection, release } = workerConnection(settings.connection);
  const worker = new Worker(
    settings.queueName,
    // BullMQ passes a signal only to a processor that is written with three parameters.
    async (job, token, signal) => {
      const { id: jobId = '', data, attemptsMade: errors } = job;
      const verdict = await setup.runJob({ jobId, data, errors, signal });
      return settle(queue, job, token, settlementOf(verdict, data));
    },
    { ...workerOptions(settings, setup.concurrency), connection },
  );
  worker.on('error', settings.onError);
  worker.on('lockRenewalFailed', (jobIds) => {
    for (const jobId of jobIds) worker.cancelJob(jobId, 'lock lost');
  });
  await worker.waitUntilReady();
  return {
    pause: () => worker.pause(true),
    end: (force) => worker.close(force).finally(release),
  };
}

/** BullMQ knows its own control errors by name, whichever copy of the package threw them. */
async function settle(
  queue: BullmqQueueLike,
  job: BullmqJobLike,
  token: string | undefined,
  settlement: Settlement,
): Promise<object> {
  switch (settlement.kind) {
    case 'complete':
      return settlement.output;
    case 'bury':
      throw Object.assign(new Error(settlement.reason), { name: 'UnrecoverableError' });
    case 'retry':
      throw Object.assign(new Error(`no outcome: ${settlement.reason}`), { afterMs: settlement.afterMs });
    case 'again': {
      const { orderId, afterMs, outcome } = settlement;
      const comesNow = outcome === 'later' && (await takeFollowUp(queue, orderId).catch(() => false));
      await job.moveToDelayed(Date.now() + (comesNow ? 0 : afterMs), token);
      throw Object.assign(new Error('given back to the queue'), { name: 'DelayedError' });
    }
  }
}

/** An enqueue during a run is kept for after the job's end. */
async function takeFollowUp(queue: BullmqQueueLike, orderId: string): Promise<boolean> {
  const redis = await redisOf(queue);
  return (await redis.del(queue.toKey(`dn:${orderId}`))) > 0;
}
