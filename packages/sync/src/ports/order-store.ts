import type { ResultAsync } from 'neverthrow';
import type { DueOrderStore } from './due-orders.ts';
import type { ErasureStore } from './erasure-store.ts';
import type { OperatorStore } from './operator-store.ts';
import type { StoreError } from './store-error.ts';
import type { SyncStore } from './sync-store.ts';

export type * from './due-orders.ts';
export type * from './erasure-store.ts';
export type * from './operator-store.ts';
export type * from './store-error.ts';
export type * from './stored-order.ts';
export type * from './sync-store.ts';

/** What a store found where it had to prove that it is the right one. */
export interface StartReport {
  readonly contract: string;
  readonly account: string;
  /** The database's server was replaced by its standby: what was written in the last minutes is not trusted. */
  readonly failover: boolean;
}

/** The engine's memory. Each method is one atomic step; times are durations, measured by the store's own clock. */
export interface OrderStore<O> extends SyncStore<O>, DueOrderStore, ErasureStore, OperatorStore<O> {
  /** Proves that tables and ledger are the right ones; every other method does so first where it was not done. */
  start?(): ResultAsync<StartReport, StoreError>;
}
