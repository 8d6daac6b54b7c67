export type { Result, ResultAsync } from 'neverthrow';
export {
  createQueueAdapter,
  type DrivenQueueAdapter,
  type QueueAdapterSetup,
} from './adapter/create-queue-adapter.ts';
export {
  type QueueAdapterOptions,
  type QueueAdapterSettings,
  queueAdapterRules,
  queueAdapterSettings,
} from './adapter/queue-adapter-options.ts';
export { serverConnection } from './adapter/server-connection.ts';
export { type DueWorker, type DueWorkerSetup, startDueWorker } from './due-orders/due-worker.ts';
export {
  type RunDueContext,
  type RunDueOptions,
  type RunDueResult,
  runDueOrders,
} from './due-orders/run-due-orders.ts';
export { runDueRules } from './due-orders/run-due-rules.ts';
export { createWaitingOrders, type WaitingOrders } from './due-orders/waiting-orders.ts';
export { callSafely } from './errors/call-safely.ts';
export { checkMode, checkOrderId, engineFailed } from './errors/queue-errors.ts';
export {
  errorCode,
  peerMissing,
  QueueFailure,
  queueMisconfigured,
  queueUnavailable,
} from './errors/queue-failure.ts';
export { endJob, type JobEnds } from './jobs/end-job.ts';
export { errorBackoffMs, type RunSyncJobOptions, runSyncJob } from './jobs/run-sync-job.ts';
export { createSyncJob, parseSyncJob, type SyncJob, syncJobName, syncQueueName } from './jobs/sync-job.ts';
export { driveKeyedJobs } from './keyed-jobs/drive-keyed-jobs.ts';
export type { KeyedJobs } from './keyed-jobs/keyed-jobs.ts';
export { jobQueueCapabilities } from './port/job-queue-capabilities.ts';
export type { Halt, JobVerdict } from './port/job-verdict.ts';
export type * from './port/queue-adapter.ts';
export type { DeliveredJob, DriverWorker, QueueDriver, WorkSetup } from './port/queue-driver.ts';
export { createSlots, type SlotSetup, type Slots } from './slots/create-slots.ts';
export { inParallel } from './time/in-parallel.ts';
