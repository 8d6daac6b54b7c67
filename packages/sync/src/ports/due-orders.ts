import type { ResultAsync } from 'neverthrow';
import type { StoreError } from './store-error.ts';

export interface DueRules {
  /** An order `syncing` for longer than this was left by a crash. */
  readonly leaseMs: number;
  /** Orders with a bucket at or above are left alone; orders without a bucket are handed out. */
  readonly rolloutPercent: number;
}

export interface ClaimInput extends DueRules {
  readonly limit: number;
  /** A claimed order is not handed out again for this long; its due time stays. */
  readonly visibilityMs: number;
}

export interface ListDueInput extends DueRules {
  readonly limit: number;
  /** `next` of the page before; null for the first. */
  readonly after: string | null;
}

export interface DuePage {
  readonly orderIds: readonly string[];
  /** Where the next page starts; null after the last one. */
  readonly next: string | null;
}

/** Which orders are due: `pending` with their due time passed, or left `syncing` by a crash. */
export interface DueOrderStore {
  /** Hands out due orders that nobody has claimed, oldest due first, each to one caller. */
  claimDue(input: ClaimInput): ResultAsync<readonly string[], StoreError>;
  /** Pages through all due orders, claimed or not, and writes nothing. */
  listDue(input: ListDueInput): ResultAsync<DuePage, StoreError>;
  /**
   * Makes an order that is `pending` or `syncing` due now and ends its claim; others stay as they are, and so does one
   * that another transaction holds. False: no such order.
   */
  arm(orderId: string): ResultAsync<boolean, StoreError>;
}
