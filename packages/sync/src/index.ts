export type { Result, ResultAsync } from 'neverthrow';
export * from './config/index.ts';
export { backoffMs } from './engine/backoff.ts';
export {
  type CbbSyncEngine,
  createSyncEngine,
  type EraseError,
  type EraseTarget,
} from './engine/create-sync-engine.ts';
export type { EraseReport } from './engine/erase-phone.ts';
export type { SyncEvent, SyncEventListener } from './engine/events.ts';
export type { SyncEngineOptions } from './engine/options.ts';
export type { FieldChange, PreviewOptions, SyncPreview } from './engine/preview.ts';
export type {
  FailureKind,
  NextStep,
  RunOptions,
  SyncEngine,
  SyncError,
  SyncMode,
  SyncOptions,
  SyncOutcome,
  SyncReport,
} from './engine/sync-engine.ts';
export { createHasher, type Hasher, type HasherOptions } from './hash/index.ts';
export * from './mapping/index.ts';
export {
  createMemoryStore,
  type MemoryOrder,
  type MemoryStore,
  type MemoryStoreOptions,
} from './memory-store/create-memory-store.ts';
export {
  checkOptions,
  hasClasses,
  hasCounts,
  hasMethods,
  isFunction,
  nonEmptyText,
  type OptionRule,
  type OptionRules,
  optional,
  rule,
  wholeNumber,
} from './options/check-options.ts';
export { isObject } from './options/is-object.ts';
export * from './order/index.ts';
export { type InvalidPhone, type InvalidPhoneReason, normalizePhone } from './phone/index.ts';
export { type Clock, systemClock } from './ports/clock.ts';
export type * from './ports/contact-gateway.ts';
export type * from './ports/order-store.ts';
export { maskPhone, redact } from './privacy/index.ts';
