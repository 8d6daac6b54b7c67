import { endJob, errorBackoffMs, type WorkSetup } from '@visanet/cbb-queue';
import type { BullmqQueueLike } from './bullmq-types.ts';
import type { BullmqSettings } from './options.ts';
import { redisOf, workerConnection } from './redis.ts';

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
export async function workJobs(settings: BullmqSettings, queue: BullmqQueueLike, setup: WorkSetup) {
  const { Worker } = settings.classes();
  const { connection, release } = workerConnection(settings.connection);
  const worker = new Worker(
    settings.queueName,
    // BullMQ passes a signal only to a processor that is written with three parameters.
    async (job, token, signal) => {
      const { id: jobId = '', data, attemptsMade: errors } = job;
      return endJob(await setup.runJob({ jobId, data, errors, signal }), data, {
        complete: async (output) => output,
        bury: (reason) => ended(reason, { name: 'UnrecoverableError' }),
        retry: (reason, afterMs) => ended(`no outcome: ${reason}`, { afterMs }),
        async again(_orderId, afterMs) {
          await job.moveToDelayed(Date.now() + afterMs, token);
          return ended('given back to the queue', { name: 'DelayedError' });
        },
        takeFollowUp: async (orderId) => (await (await redisOf(queue)).del(queue.toKey(`dn:${orderId}`))) > 0,
      });
    },
    { ...workerOptions(settings, setup.concurrency), connection },
  );
  worker.on('error', settings.onError);
  worker.on('lockRenewalFailed', (jobIds) => {
    for (const jobId of jobIds) worker.cancelJob(jobId, 'lock lost');
  });
  await worker.waitUntilReady();
  return { pause: () => worker.pause(true), end: (force: boolean) => worker.close(force).finally(release) };
}

/** BullMQ knows its own control errors by name, whichever copy of the package threw them. */
async function ended(message: string, control: object): Promise<never> {
  throw Object.assign(new Error(message), control);
}
