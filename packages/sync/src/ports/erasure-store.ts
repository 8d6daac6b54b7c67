import type { ResultAsync } from 'neverthrow';
import type { StoreError } from './store-error.ts';
import type { PhoneIdentity } from './stored-order.ts';

export type EraseBegin =
  | { readonly kind: 'acquired'; readonly token: string }
  | { readonly kind: 'busy'; readonly retryAfterMs: number };

export interface ErasureStore {
  /** Writes an incomplete tombstone, takes the lease, and keeps one order of the phone due at the lease's end. */
  beginErase(phone: PhoneIdentity, leaseMs: number): ResultAsync<EraseBegin, StoreError>;
  /**
   * Completes the tombstone, removes the ledger row and the rank of the phone's history, and takes key and contact id
   * off the phone's orders: finished ones become `skipped` with reason `erased`, unfinished ones are due now, because
   * they may have another phone by now. `locked`: another transaction holds one of them; nothing was done, and the
   * lease is still held.
   */
  completeErase(
    phone: PhoneIdentity,
    token: string,
  ): ResultAsync<'completed' | 'lost' | 'locked', StoreError>;
  isErased(tombstone: string): ResultAsync<boolean, StoreError>;
  /** A person's decision: later orders of the phone are synced again. False: there was none. */
  liftTombstone(tombstone: string): ResultAsync<boolean, StoreError>;
}
