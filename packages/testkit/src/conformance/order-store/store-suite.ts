import type { OrderStore } from '@visanet/cbb-sync';
import type { SuiteOrder } from './suite-order.ts';

/** The two functions of any test runner. A test may take up to 60 s: set the runner's own limit above it. */
export interface StoreTestRunner {
  describe(name: string, body: () => void): unknown;
  it(name: string, body: () => Promise<void>): unknown;
}

/** A store over an empty orders table whose rows are `SuiteOrder`s, made with `suiteMapping`. */
export interface StoreSubject {
  readonly store: OrderStore<SuiteOrder>;
  /** The host's insert of a new order. */
  insert(order: SuiteOrder): Promise<void>;
  /** The host's update of an order, seen by the store's trigger or its like. */
  update(orderId: string, changes: Partial<SuiteOrder>): Promise<void>;
  /** An order from before the sync, as the migration finds it: left alone, its rank kept as one of its phone's history. */
  insertHistory(order: SuiteOrder): Promise<void>;
  /** What the plan tells operators to do by hand: sets the status to `pending` and the error to nothing, no more. */
  setPending(orderId: string): Promise<void>;
  /** The host's insert of a new row that already says `pending`, and nothing else of the sync. */
  insertPending(order: SuiteOrder): Promise<void>;
  /**
   * Opens a transaction of the host's that holds the rows; the function that is returned ends it, without a change.
   * Missing where the database has a single connection; say so by `holdsRows`.
   */
  hold?(orderIds: readonly string[]): Promise<() => Promise<void>>;
  /** Lets the lease of a phone run out at once. */
  endLease(phoneKey: string): Promise<void>;
  /** Rows of orders that the store has read so far, where the store can count them. */
  rowsRead?(): Promise<number>;
  /** Moves the store's clock, in milliseconds. Without it the suite waits for short times to pass. */
  advance?(ms: number): Promise<void>;
  close(): Promise<void>;
}

export interface StoreSuiteOptions {
  create(): Promise<StoreSubject>;
  /**
   * Whether subjects can hold rows.
   *
   * @default true
   */
  readonly holdsRows?: boolean;
}
