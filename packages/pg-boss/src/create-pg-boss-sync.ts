import {
  createQueueAdapter,
  type DrivenQueueAdapter,
  jobQueueCapabilities,
  type QueueDriver,
  queueAdapterSettings,
} from '@visanet/cbb-queue';
import { checkOptions } from '@visanet/cbb-sync';
import { ensureQueue } from './ensure-queue.ts';
import { findMissing } from './find-missing.ts';
import {
  enqueueOptionRules,
  optionRules,
  type PgBossEnqueueOptions,
  type PgBossSyncOptions,
} from './options.ts';
import { pushOrders } from './push-orders.ts';
import { toQueueError } from './queue-error.ts';
import { workJobs } from './work-jobs.ts';

export const pgBossCapabilities = jobQueueCapabilities({
  transactionalEnqueue: true,
  sharedRateLimit: false,
});

export type PgBossSync = DrivenQueueAdapter<PgBossEnqueueOptions>;

/**
 * The sync on pg-boss. The queue is looked at, and created where missing, before its first use.
 *
 * @throws TypeError listing every option that is wrong or unknown.
 */
export function createPgBossSync(options: PgBossSyncOptions): PgBossSync {
  checkOptions('createPgBossSync', options, optionRules);
  const { boss, queueName = 'cbb-sync-v1', pollingIntervalMs = 500 } = options;
  const settings = queueAdapterSettings(options, toQueueError);

  // Without a listener an 'error' event ends the process.
  boss.on('error', settings.onError);
  const driver: QueueDriver<PgBossEnqueueOptions> = {
    capabilities: pgBossCapabilities,
    pushRules: enqueueOptionRules,
    // Small, because each order is a statement of its own and each batch has its time.
    pushBatchSize: 25,
    prepare: () => ensureQueue(boss, queueName, options.engine.leaseMs),
    push: (orderIds, enqueueOptions) => pushOrders(boss, queueName, orderIds, enqueueOptions?.db),
    missing: (orderIds) => findMissing(boss, queueName, orderIds),
    work: (setup) => workJobs(boss, queueName, pollingIntervalMs, setup),
    async release() {
      boss.off('error', settings.onError);
    },
  };
  return createQueueAdapter({ ...settings, driver });
}
