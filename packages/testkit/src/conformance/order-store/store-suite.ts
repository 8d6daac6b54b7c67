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
  /** Moves the store's clock, in milliseconds. Without it the suite waits for short times to pass. */
  advance?(ms: number): Promise<void>;
  close(): Promise<void>;
}

export interface StoreSuiteOptions {
  create(): Promise<StoreSubject>;
}
