import {
  createQueueAdapter,
  driveKeyedJobs,
  jobQueueCapabilities,
  type QueueAdapter,
  type QueueDriver,
} from '@visanet/cbb-queue';
import { checkOptions } from '@visanet/cbb-sync';
import type { BullmqQueueLike } from './bullmq-types.ts';
import { keyedJobs } from './keyed-jobs.ts';
import { type BullmqSyncOptions, bullmqSettings, optionRules } from './options.ts';
import { checkEvictionPolicy, producerConnection } from './redis.ts';
import { workJobs } from './work-jobs.ts';

export const bullmqCapabilities = jobQueueCapabilities({
  transactionalEnqueue: false,
  sharedRateLimit: true,
});

/**
 * The sync on BullMQ 5 or 6. Nothing is connected before the first call.
 * @throws TypeError listing every option that is wrong or unknown.
 */
export function createBullmqSync(options: BullmqSyncOptions): QueueAdapter {
  checkOptions('createBullmqSync', options, optionRules(options));
  const settings = bullmqSettings(options);
  const { prefix, onEvent, onError } = settings;

  let queue = options.queue;
  // Without a listener an 'error' event ends the process.
  queue?.on('error', onError);
  function openQueue(): BullmqQueueLike {
    if (queue !== undefined) return queue;
    const { Queue } = settings.classes();
    queue = new Queue(settings.queueName, { connection: producerConnection(settings.connection), prefix });
    queue.on('error', onError);
    return queue;
  }

  const driver: QueueDriver = {
    capabilities: bullmqCapabilities,
    pushBatchSize: 500,
    ...driveKeyedJobs(keyedJobs(openQueue), onEvent),
    check: () => checkEvictionPolicy(openQueue()),
    work: (setup) => workJobs(settings, openQueue(), setup),
    async release() {
      options.queue?.off('error', onError);
      if (options.queue === undefined) await queue?.close();
    },
  };
  return createQueueAdapter({ ...settings, driver });
}
