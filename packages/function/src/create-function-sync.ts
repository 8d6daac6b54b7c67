import {
  type Clock,
  checkMode,
  checkOptions,
  checkOrderId,
  createQueueAdapter,
  hasMethods,
  isFunction,
  optional,
  type QueueAdapter,
  type QueueError,
  type SyncEngine,
  type SyncError,
  type SyncOptions,
  type SyncReport,
  systemClock,
  type WorkerEvent,
  wholeNumber,
} from '@visanet/cbb-sync';
import { ResultAsync } from 'neverthrow';
import { createFunctionDriver } from './function-driver.ts';
import { type RunDueOptions, type RunDueResult, runDueOrders } from './run-due.ts';

export interface FunctionSyncOptions {
  readonly engine: SyncEngine;
  /** Told of everything that workers and handlers do. */
  readonly onEvent?: (event: WorkerEvent) => void;
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

const runDueRules = {
  budgetMs: wholeNumber(1),
  reserveMs: optional(wholeNumber(0)),
  limit: optional(wholeNumber(1)),
  concurrency: optional(wholeNumber(1, 1_000)),
  signal: optional((value) => (value instanceof AbortSignal ? undefined : 'must be an AbortSignal')),
};

/** @throws TypeError that lists every problem of the options */
export function createFunctionSync(options: FunctionSyncOptions): FunctionSync {
  checkOptions('createFunctionSync', options, {
    engine: hasMethods('sync', 'claimDue', 'arm'),
    onEvent: optional(isFunction),
    clock: optional(hasMethods('now', 'schedule')),
  });
  const { engine, clock = systemClock } = options;

  function onEvent(event: WorkerEvent): void {
    try {
      options.onEvent?.(event);
    } catch {
      // A listener that throws must not change the fate of an order.
    }
  }

  const driver = createFunctionDriver(engine, clock, onEvent);
  const adapter = createQueueAdapter({ engine: driver.sweptEngine, driver, sweepBatchSize: 1_000, onEvent });
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
        .asyncAndThen((id) => engine.sync(id, syncOptions))
        .map((report) => {
          onEvent({ kind: 'job-finished', orderId, report });
          return report;
        }),
  };
}
