import {
  checkOptions,
  createQueueAdapter,
  type QueueAdapter,
  type QueueCapabilities,
  type QueueDriver,
  syncQueueName,
} from '@visanet/cbb-sync';
import type { BullmqQueueLike } from './bullmq-types.ts';
import { checkEvictionPolicy } from './check-redis.ts';
import { producerConnection } from './connections.ts';
import { loadBullmq } from './load-bullmq.ts';
import { type BullmqSyncOptions, optionRules } from './options.ts';
import { pushOrders } from './push-orders.ts';
import { toQueueError } from './queue-error.ts';
import { withTimeout } from './with-timeout.ts';
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
 *
 * @throws TypeError listing every option that is wrong or unknown.
 */
export function createBullmqSync(options: BullmqSyncOptions): QueueAdapter {
  checkOptions('createBullmqSync', options, optionRules(options));
  const { engine, enqueueTimeoutMs = 5_000, onEvent = () => {} } = options;
  const connection = options.connection ?? options.queue?.opts.connection ?? {};
  const queueName = options.queue?.name ?? options.queueName ?? syncQueueName;
  const prefix = options.queue?.opts.prefix ?? options.prefix;

  const reportError = (error: unknown) => onEvent({ kind: 'queue-errored', error: toQueueError(error) });
  const classes = () => options.bullmq ?? loadBullmq();
  let queue: BullmqQueueLike | null = null;
  function openQueue(): BullmqQueueLike {
    if (queue !== null) return queue;
    queue =
      options.queue ??
      new (classes().Queue)(queueName, {
        connection: producerConnection(connection),
        ...(prefix === undefined ? {} : { prefix }),
      });
    // Without a listener an 'error' event ends the process.
    queue.on('error', reportError);
    return queue;
  }

  const driver: QueueDriver = {
    capabilities: bullmqCapabilities,
    push: async (orderIds) =>
      pushOrders(openQueue(), orderIds, { batchTimeoutMs: enqueueTimeoutMs, onEvent }),
    async work(setup) {
      await withTimeout(checkEvictionPolicy(openQueue()), enqueueTimeoutMs);
      return workJobs(
        {
          bullmq: classes(),
          queueName,
          prefix,
          connection,
          lockMs: options.lockMs ?? Math.max(1_000, engine.leaseMs),
          rateLimit: options.rateLimit ?? { max: 1_000, durationMs: 1_000 },
          onError: reportError,
        },
        setup,
      );
    },
    async release() {
      if (queue === null) return;
      if (options.queue !== undefined) queue.off('error', reportError);
      else await withTimeout(queue.close(), enqueueTimeoutMs);
    },
    toError: toQueueError,
  };
  return createQueueAdapter({ engine, driver, sweepBatchSize: options.sweepBatchSize ?? 100, onEvent });
}
