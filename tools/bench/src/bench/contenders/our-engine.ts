import { createCbbClient } from '@visanet/cbb-client';
import { createFunctionSync } from '@visanet/cbb-function';
import { createMemoryStore, createSyncEngine, viziMapping } from '@visanet/cbb-sync';
import { pricedContract } from '../contract.ts';
import type { Pricing } from '../trace/floor.ts';
import type { Contender, ServiceAccess } from './contender.ts';

const stepBudgetMs = 60_000;

/** This engine, with the function adapter and orders in memory. */
export function ourEngine(pricing: Pricing, access: ServiceAccess): Contender {
  const store = createMemoryStore({ mapping: viziMapping });
  const { url, apiKey } = access;
  const gateway = createCbbClient({
    ...pricedContract(pricing),
    baseUrl: url,
    apiKey,
    retry: { attempts: 1 },
    rateLimit: false,
  }).contacts;
  const engine = createSyncEngine({ store, gateway, mapping: viziMapping });
  const queue = createFunctionSync({ engine });
  return {
    name: `this engine, ${pricing}`,
    async workStep(events) {
      for (const { order } of events) {
        const row = viziMapping.parse(order);
        if (!row.ok) throw new Error(`An order was refused: ${row.problems.join('; ')}`);
        store.save(row.order);
      }
      const enqueued = await queue.enqueueMany(events.map(({ order }) => order.order_id));
      if (enqueued.isErr()) throw new Error(enqueued.error.message);
      const worked = await queue.runDue({ budgetMs: stepBudgetMs, concurrency: 1 });
      if (worked.isErr()) throw new Error(worked.error.message);
      const { ended, nextDueInMs } = worked.value;
      if (ended !== 'nothing_due' || nextDueInMs !== null) throw new Error('A step did not come to rest.');
    },
    syncedOrders: () => store.list().filter(({ status }) => status === 'synced').length,
  };
}
