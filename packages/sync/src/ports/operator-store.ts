import type { ResultAsync } from 'neverthrow';
import type { StoreError } from './store-error.ts';
import type { Snapshot } from './stored-order.ts';

export interface OperatorStore<O> {
  /**
   * A change that the store could not see: raises the version and makes the order pending, due now. History stays
   * history. Waits for a row that another transaction holds: it is the caller's. False: no such order.
   */
  rearm(orderId: string): ResultAsync<boolean, StoreError>;
  /** Ledger and candidates without lease or write, for dry runs; the order counts as one of the phone's. */
  peek(orderId: string, phoneKey: string): ResultAsync<Snapshot<O>, StoreError>;
}
