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
          insert: async (order) => store.host.saveRow(order),
          async update(orderId, changes) {
            const known = store.get(orderId);
            if (known !== undefined) store.host.saveRow({ ...known.content, ...changes });
          },
          insertHistory: async (order) => store.host.saveHistory(order),
          insertPending: async (order) => store.host.saveRow(order),
          setPending: async (orderId) => store.host.setPending(orderId),
          async hold(orderIds) {
            const end = store.host.hold(orderIds);
            return async () => end();
          },
          endLease: async (phoneKey) => store.host.endLease(phoneKey),
          async advance(ms) {
            now += ms;
          },
          close: async () => undefined,
        };
      },
    },
  );
});
