import {
  createQueueAdapter,
  driveKeyedJobs,
  type QueueAdapter,
  type QueueCapabilities,
  type QueueDriver,
  withTimeout,
} from '@visanet/cbb-queue';
import { checkOptions } from '@visanet/cbb-sync';
import type { BullmqQueueLike } from './bullmq-types.ts';
import { checkEvictionPolicy } from './check-redis.ts';
import { producerConnection } from './connections.ts';
import { keyedJobs } from './keyed-jobs.ts';
import { type BullmqSyncOptions, bullmqSettings, optionRules } from './options.ts';
import { workJobs } from './work-jobs.ts';

export const bullmqCapabilities: QueueCapabilities = {
  coalesces: true,
  keepsBackoff: true,
  transactionalEnqueue: false,
  durable: true,
  sharedRateLimit: true,
  redrivable: true,
};

/**
 * The sync on BullMQ 5 or 6. Nothing is connected before the first call.
 * @throws TypeError listing every option that is wrong or unknown.
 */
export function createBullmqSync(options: BullmqSyncOptions): QueueAdapter {
  checkOptions('createBullmqSync', options, optionRules(options));
  const settings = bullmqSettings(options);
  const { prefix, enqueueTimeoutMs, onEvent, onError } = settings;

  let queue = options.queue;
  // Without a listener an 'error' event ends the process.
  queue?.on('error', onError);
  function openQueue(): BullmqQueueLike {
    if (queue === undefined) {
      const { Queue } = settings.classes();
      queue = new Queue(settings.queueName, { connection: producerConnection(settings.connection), prefix });
      queue.on('error', onError);
    }
    return queue;
  }

  const orders = driveKeyedJobs(keyedJobs(openQueue), onEvent);
  const driver: QueueDriver = {
    capabilities: bullmqCapabilities,
    pushBatchSize: 500,
    // A long list may take long, but each step of it may not.
    push: (orderIds) => withTimeout(orders.push(orderIds), enqueueTimeoutMs),
    missing: (orderIds) => withTimeout(orders.missing(orderIds), enqueueTimeoutMs),
    async work(setup) {
      await withTimeout(checkEvictionPolicy(openQueue()), enqueueTimeoutMs);
      return workJobs(settings, openQueue(), setup);
    },
    async release() {
      options.queue?.off('error', onError);
      if (options.queue === undefined && queue) await withTimeout(queue.close(), enqueueTimeoutMs);
    },
  };
  return createQueueAdapter({ ...settings, driver });
}
