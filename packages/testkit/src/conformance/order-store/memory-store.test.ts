import { createMemoryStore } from '@visanet/cbb-sync';
import { describe, it } from 'vitest';
import { type SuiteOrder, suiteMapping } from './suite-order.ts';
import { testOrderStore } from './test-order-store.ts';

describe('the in-memory store', () => {
  testOrderStore(
    { describe, it },
    {
      async create() {
        let now = 1_000;
        const store = createMemoryStore<SuiteOrder>({ mapping: suiteMapping, clock: { now: () => now } });
        return {
          store,
          insert: async (order) => store.save(order),
          async update(orderId, changes) {
            const known = store.get(orderId);
            if (known !== undefined) store.save({ ...known.order, ...changes });
          },
          async advance(ms) {
            now += ms;
          },
          close: async () => undefined,
        };
      },
    },
  );
});
