import { createCbbSyncOrThrow } from '@visanet/cbb-host';
import { createMemoryStore, viziMapping } from '@visanet/cbb-sync';
import { buildOrder, createSimulator, startSimulatorServer } from '@visanet/cbb-testkit';

// A host in one file: the service is simulated, and the orders are in memory where a host has DATABASE_URL.
const simulator = createSimulator();
const service = await startSimulatorServer(simulator);
const store = createMemoryStore({ mapping: viziMapping });
const order = buildOrder();
store.save(order);

const cbb = await createCbbSyncOrThrow({
  environment: { CBB_API_URL: service.url, CBB_API_KEY: simulator.apiKey },
  store,
  mapping: viziMapping,
  onEvent: (event) => console.log(event.kind),
});
await cbb.startWorker();
await cbb.enqueue(order.order_id);

while (store.get(order.order_id)?.status !== 'synced') {
  await new Promise((resolve) => setTimeout(resolve, 50));
}
console.log(`${order.order_id} is synced`);
await cbb.close();
await service.close();
