import { backoffMs, type DriverWorker, type JobVerdict, type WorkSetup } from '@visanet/cbb-sync';
import type { BullmqClasses, BullmqJobLike, BullmqWorkerOptions } from './bullmq-types.ts';
import { workerConnection } from './connections.ts';

/** A job that is given back because the worker halts or stops waits this long, so that it does not spin. */
const haltedDelayMs = 5_000;

/** BullMQ knows its own control errors by name, whichever copy of the package threw them. */
function named(name: 'DelayedError' | 'UnrecoverableError', message: string): Error {
  return Object.assign(new Error(message), { name });
}

export interface WorkJobsOptions {
  readonly bullmq: BullmqClasses;
  readonly queueName: string;
  readonly prefix: string | undefined;
  readonly connection: object;
  readonly lockMs: number;
  readonly rateLimit: { readonly max: number; readonly durationMs: number };
  readonly onError: (error: unknown) => void;
}

/** Starts a BullMQ worker that does with each job what the verdict says. */
export async function workJobs(options: WorkJobsOptions, setup: WorkSetup): Promise<DriverWorker> {
  const { connection, release } = workerConnection(options.connection);
  const workerOptions: BullmqWorkerOptions = {
    connection,
    ...(options.prefix === undefined ? {} : { prefix: options.prefix }),
    concurrency: setup.concurrency,
    // Workers without a limiter ignore a limit that others set: there is always one, if a loose one.
    limiter: { max: options.rateLimit.max, duration: options.rateLimit.durationMs },
    lockDuration: options.lockMs,
    stalledInterval: Math.max(1_000, Math.min(30_000, options.lockMs / 2)),
    // Nets against a job that circles for ever; the engine's own counts end an order long before.
    maxStalledCount: 50,
    maxStartedAttempts: 5_000,
    settings: { backoffStrategy: (_attempts, _type, error) => retryDelay(error) },
  };
  // BullMQ passes a signal only to a processor that is written with three parameters.
  const worker = new options.bullmq.Worker(
    options.queueName,
    async (job, token, signal) => {
      const delivered = { jobId: job.id ?? '', data: job.data, errors: job.attemptsMade };
      const verdict = await setup.runJob(signal === undefined ? delivered : { ...delivered, signal });
      return settle(job, token, verdict);
    },
    workerOptions,
  );
  worker.on('error', options.onError);
  worker.on('lockRenewalFailed', (jobIds) => {
    for (const jobId of jobIds) worker.cancelJob(jobId, 'lock lost');
  });
  await worker.waitUntilReady();
  return {
    pause: () => worker.pause(true),
    end: async (force) => {
      await worker.close(force);
      release();
    },
  };
}

class Errored extends Error {
  readonly afterMs: number;
  constructor(error: string, afterMs: number) {
    super(`no outcome: ${error}`);
    this.afterMs = afterMs;
  }
}

function retryDelay(error: Error | undefined): number {
  return error !== undefined && 'afterMs' in error ? Number(error.afterMs) : backoffMs(0);
}

async function settle(job: BullmqJobLike, token: string | undefined, verdict: JobVerdict): Promise<unknown> {
  const delayFor = async (afterMs: number): Promise<never> => {
    await job.moveToDelayed(Date.now() + afterMs, token);
    throw named('DelayedError', 'given back to the queue');
  };
  switch (verdict.kind) {
    case 'done':
      return { outcome: verdict.report.outcome, status: verdict.report.status };
    case 'failed':
      throw named('UnrecoverableError', verdict.reason);
    case 'errored':
      throw new Errored(verdict.error, verdict.afterMs);
    case 'later':
      return delayFor(verdict.afterMs);
    case 'released':
      return delayFor(0);
    case 'halted':
      return delayFor(haltedDelayMs);
  }
}
