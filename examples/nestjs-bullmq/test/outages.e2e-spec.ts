import { createSimulator, type SimulatorServer, startSimulatorServer } from '@visanet/cbb-testkit';
import { type CuttableProxy, startCuttableProxy } from './support/cuttable-proxy';
import { createTestEnvironment, type TestEnvironment } from './support/environment';
import { orderOf } from './support/samples';
import { until } from './support/until';
import { startWebHost, type WebHost } from './support/web-host';
import { runMigrations, startWorkerProcess, type WorkerProcess } from './support/worker-process';

const simulator = createSimulator({ contract: 'v1.1', rateLimitPerMinute: null });
let service: SimulatorServer;
let environment: TestEnvironment;
let database: CuttableProxy;
let redis: CuttableProxy;
let web: WebHost;
let worker: WorkerProcess;

beforeAll(async () => {
  service = await startSimulatorServer(simulator);
  environment = await createTestEnvironment(service.url, simulator.apiKey);
  await runMigrations(environment.variables);
  database = await startCuttableProxy(environment.variables.DATABASE_URL ?? '');
  redis = await startCuttableProxy(environment.variables.REDIS_URL ?? '');
  web = await startWebHost({ ...environment.variables, DATABASE_URL: database.url, REDIS_URL: redis.url });
  worker = await startWorkerProcess(environment.variables);
});

afterAll(async () => {
  await worker.stop();
  await web.close();
  await redis.close();
  await database.close();
  await environment.close();
  await service.close();
});

async function ready(): Promise<[status: number, body: unknown]> {
  const answer = await fetch(`${web.url}/health/ready`);
  return [answer.status, await answer.json()];
}

async function syncedAs(id: string, phone: string): Promise<void> {
  await until(`${id} is a contact`, async () => simulator.fieldsOf(phone)?.OrderNumber === id);
}

it('answers 503 without the database, so that the order is delivered again', async () => {
  const order = orderOf('IL250903IN1', '7700900401');
  database.cut();
  expect((await web.deliver(order)).status).toBe(503);
  expect((await web.deliver({})).status).toBe(503);
  expect(await ready()).toEqual([
    503,
    { status: 'failed', checks: expect.objectContaining({ database: false }) },
  ]);
  expect((await fetch(`${web.url}/health/live`)).status).toBe(200);

  database.mend();
  expect((await web.deliver(order)).status).toBe(200);
  await syncedAs('IL250903IN1', '447700900401');
});

it('takes orders without Redis; the sweep of the worker finds them', async () => {
  redis.cut();
  const answer = await web.deliver(orderOf('IL250903IN2', '7700900402'));
  expect([answer.status, await answer.json()]).toEqual([200, { orderId: 'IL250903IN2', status: 'success' }]);
  expect(await ready()).toEqual([
    200,
    { status: 'degraded', checks: { database: true, redis: false, worker: false } },
  ]);
  await syncedAs('IL250903IN2', '447700900402');

  redis.mend();
  await until(
    'the queue is back',
    async () => (await ready())[0] === 200 && JSON.stringify(await ready()).includes('"ok"'),
  );
});

it('stops its worker at a rejected key, which costs no order an attempt', async () => {
  simulator.failNext({ kind: 'key_rejected' });
  await web.deliver(orderOf('IL250903IN3', '7700900403'));
  await until(
    'the worker is not ready',
    async () => (await fetch(`${worker.url}/health/ready`)).status === 503,
  );
  const { rows } = await environment.pool.query(
    `select cbb_sync_status status, cbb_sync_attempts attempts from orders where order_id = 'IL250903IN3'`,
  );
  expect(rows).toEqual([{ status: 'pending', attempts: 0 }]);
  expect(worker.output().split('"key-rejected"')).toHaveLength(2);

  await worker.stop();
  await expect(startWorkerProcess({ ...environment.variables, CBB_API_KEY: 'another-key' })).rejects.toThrow(
    /Check CBB_API_KEY/,
  );
  worker = await startWorkerProcess(environment.variables);
  await syncedAs('IL250903IN3', '447700900403');
});
