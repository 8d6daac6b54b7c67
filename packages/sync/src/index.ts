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
export { createMemoryStore, type MemoryOrder, type MemoryStore, type MemoryStoreOptions } from './memory-store/create-memory-store.ts';
export { type Clock, systemClock } from './ports/clock.ts';
export type * from './ports/contact-gateway.ts';
export type * from './ports/order-store.ts';
