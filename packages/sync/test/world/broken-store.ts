import { errAsync } from 'neverthrow';
import type { OrderStore, StoreError } from '../../src/ports/order-store.ts';

export const down: StoreError = { kind: 'store_unavailable', message: 'down', retryable: true };

/** Makes one method of a store fail. */
export function broken<O>(store: OrderStore<O>, method: keyof OrderStore<O>): OrderStore<O> {
  return { ...store, [method]: () => errAsync(down) };
}
