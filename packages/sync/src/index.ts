export type {
  NextStep,
  RunOptions,
  SyncEngine,
  SyncError,
  SyncMode,
  SyncOptions,
  SyncOutcome,
  SyncReport,
} from './engine/sync-engine.ts';
export type * from './mapping/mapping.ts';
export {
  createMemoryStore,
  type MemoryOrder,
  type MemoryStore,
  type MemoryStoreOptions,
} from './memory-store/create-memory-store.ts';
export { type Clock, systemClock } from './ports/clock.ts';
export type * from './ports/contact-gateway.ts';
export type * from './ports/order-store.ts';
export type * from './ports/queue-adapter.ts';
export {
  checkOptions,
  hasMethods,
  isFunction,
  nonEmptyText,
  type OptionRule,
  optional,
  stopOptionRules,
  wholeNumber,
  workerOptionRules,
} from './queue/check-options.ts';
export { createQueueAdapter, type QueueAdapterSetup } from './queue/create-queue-adapter.ts';
export type { DeliveredJob, DriverWorker, QueueDriver, WorkSetup } from './queue/queue-driver.ts';
export {
  alreadyStartedError,
  checkMode,
  checkOrderId,
  closedError,
  engineFailed,
} from './queue/queue-errors.ts';
export { repeatUntilStopped } from './queue/repeat-until-stopped.ts';
export { backoffMs, type JobVerdict, type RunSyncJobOptions, runSyncJob } from './queue/run-sync-job.ts';
export { sweepDueOrders } from './queue/sweep-due-orders.ts';
export {
  createSyncJob,
  isOrderId,
  type ParsedSyncJob,
  parseSyncJob,
  type SyncJob,
  syncJobName,
  syncQueueName,
} from './queue/sync-job.ts';
