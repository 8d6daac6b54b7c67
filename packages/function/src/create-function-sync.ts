import {
  callSafely,
  checkMode,
  checkOrderId,
  createQueueAdapter,
  type QueueAdapter,
  type QueueAdapterOptions,
  type QueueError,
  queueAdapterRules,
  queueAdapterSettings,
  type RunDueOptions,
  type RunDueResult,
  runDueOrders,
  runDueRules,
} from '@visanet/cbb-queue';
import {
  type Clock,
  checkOptions,
  hasMethods,
  type OptionRules,
  optional,
  type SyncError,
  type SyncOptions,
  type SyncReport,
  systemClock,
} from '@visanet/cbb-sync';
import { ResultAsync } from 'neverthrow';
import { createFunctionDriver } from './function-driver.ts';

export interface FunctionSyncOptions extends Omit<QueueAdapterOptions, 'sweepBatchSize'> {
  /**
   * Times the waits until an order is due again, and budgets.
   * @default the system's monotonic clock
   */
  readonly clock?: Clock;
}

/** Plain function invocation: the queue is the engine's store, so jobs are as durable as it is. */
export interface FunctionSync extends QueueAdapter {
  /** The handler form, for cron and serverless: works due orders within a time budget, without a worker. */
  runDue(options: RunDueOptions): ResultAsync<RunDueResult, QueueError>;
  /** Syncs one order now and gives its report, past the queue. */
  syncNow(orderId: string, options?: SyncOptions): ResultAsync<SyncReport, SyncError | QueueError>;
}

const optionRules: OptionRules = {
  engine: queueAdapterRules.engine,
  enqueueTimeoutMs: queueAdapterRules.enqueueTimeoutMs,
  onEvent: queueAdapterRules.onEvent,
  clock: optional(hasMethods('now', 'schedule')),
};

const brokenStore: QueueError = {
  kind: 'queue_unavailable',
  message: '[cbb-sync] [function] The store failed unexpectedly.',
  retryable: true,
};

/** @throws TypeError that lists every problem of the options */
export function createFunctionSync(options: FunctionSyncOptions): FunctionSync {
  checkOptions('createFunctionSync', options, optionRules);
  const { clock = systemClock } = options;
  const settings = queueAdapterSettings({ ...options, sweepBatchSize: 1_000 }, () => brokenStore);
  const { engine, onEvent } = settings;
  const driver = createFunctionDriver(engine, clock);
  const adapter = createQueueAdapter({ ...settings, engine: driver.sweptEngine, driver });
  return {
    ...adapter,
    runDue(runOptions) {
      checkOptions('runDue', runOptions, runDueRules);
      return checkMode(engine).asyncAndThen(
        () => new ResultAsync(runDueOrders({ engine, clock, onEvent }, runOptions)),
      );
    },
    syncNow: (orderId, syncOptions) =>
      checkOrderId(orderId)
        .asyncAndThen((id) => callSafely(() => engine.sync(id, syncOptions), brokenStore))
        .map((report) => {
          onEvent({ kind: 'job-finished', orderId, report });
          return report;
        }),
  };
}
