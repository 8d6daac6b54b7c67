import { createSimulator, type SimulatorServer, startSimulatorServer } from '@visanet/cbb-testkit';
import { createTestEnvironment, type TestEnvironment } from './support/environment';
import { expected, orderOf, samples } from './support/samples';
import { until } from './support/until';
import { startWebHost, type WebHost } from './support/web-host';
import { runMigrations, startWorkerProcess, type WorkerProcess } from './support/worker-process';

const simulator = createSimulator({ contract: 'v1.1', rateLimitPerMinute: null });
let service: SimulatorServer;
let environment: TestEnvironment;
let web: WebHost;
let worker: WorkerProcess;

beforeAll(async () => {
  service = await startSimulatorServer(simulator);
  environment = await createTestEnvironment(service.url, simulator.apiKey);
  await runMigrations(environment.variables);
  web = await startWebHost(environment.variables);
  worker = await startWorkerProcess(environment.variables);
});

afterAll(async () => {
  await worker.stop();
  await web.close();
  await environment.close();
  await service.close();
});

interface OrderRow {
  readonly status: string;
  readonly phone: string | null;
  readonly received: Date;
}

async function order(id: string): Promise<OrderRow | undefined> {
  const { rows } = await environment.pool.query<OrderRow>(
    `select cbb_sync_status status, cbb_phone_key phone, webhook_received_at received from orders where order_id = $1`,
    [id],
  );
  return rows[0];
}

async function count(sql: string): Promise<number> {
  const { rows } = await environment.pool.query<{ count: number }>(`select count(*)::int from ${sql}`);
  return rows[0]?.count ?? Number.NaN;
}

/** No order waits for its sync and no job runs. A job may look again later at an order that another one covered. */
async function atRest(): Promise<void> {
  await until('the orders are at rest', async () => {
    const open = await count(`orders where cbb_sync_status in ('pending', 'syncing')`);
    return open === 0 && (await web.queue.getJobCountByTypes('wait', 'active')) === 0;
  });
}

it('brings the samples into the contact service', async () => {
  for (const { payload } of samples) {
    const answer = await web.deliver(payload);
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { orderId: payload.order.id, status: 'queued' },
    ]);
  }
  await atRest();

  for (const [id, { status, phone }] of Object.entries(expected.orders)) {
    expect([id, await order(id)]).toEqual([id, expect.objectContaining({ status, phone })]);
  }
  expect([...simulator.contacts.keys()].sort()).toEqual(Object.keys(expected.contacts).sort());
  for (const [phone, fields] of Object.entries(expected.contacts)) {
    const found = simulator.fieldsOf(phone) ?? {};
    for (const [name, value] of Object.entries(fields))
      expect([phone, name, found[name] ?? null]).toEqual([phone, name, value]);
  }
  expect(await count('vizi_webhook_inbox')).toBe(samples.length);
});

it('keeps the payload as it came', async () => {
  const [sample] = samples;
  const { rows } = await environment.pool.query('select payload from vizi_webhook_inbox order by id limit 1');
  expect(rows[0]?.payload).toEqual(sample?.payload);
});

it('takes a redelivery without a request, a second row or a new rank', async () => {
  const id = 'IL250820MA3';
  const before = await order(id);
  const requests = simulator.journal.length;
  const looks = () => worker.output().split(`"orderId":"${id}"`).length;
  const looksBefore = looks();

  expect((await web.deliver(samples.find(({ payload }) => payload.order.id === id)?.payload)).status).toBe(
    200,
  );
  await until('the worker has looked at it again', async () => looks() > looksBefore);

  expect(await order(id)).toEqual(before);
  expect(await count(`orders where order_id = '${id}'`)).toBe(1);
  expect(simulator.journal.length).toBe(requests);
});

it('stores an order once when it is delivered many times at once', async () => {
  const payload = orderOf('IL250901IN1', '7700900201');
  const answers = await Promise.all(Array.from({ length: 8 }, () => web.deliver(payload)));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
  await atRest();
  expect(await count(`orders where order_id = 'IL250901IN1'`)).toBe(1);
  expect(
    simulator.requests.filter(({ method, body }) => method === 'POST' && body.includes('447700900201')),
  ).toHaveLength(1);
});

it('syncs an edit of a field, and keeps the rank of the first delivery', async () => {
  await web.deliver(orderOf('IL250901IN2', '7700900202'));
  await atRest();
  const before = await order('IL250901IN2');
  const edited = orderOf('IL250901IN2', '7700900202');
  edited.form.quantity = 4;
  await web.deliver(edited);
  await atRest();
  expect(simulator.fieldsOf('447700900202')).toMatchObject({ visa_quantity: 4 });
  expect(await order('IL250901IN2')).toEqual(before);
});

it('follows an order whose phone is edited', async () => {
  await web.deliver(orderOf('IL250901IN3', '7700900203'));
  await atRest();
  await web.deliver(orderOf('IL250901IN3', '7700900204'));
  await atRest();
  expect(await order('IL250901IN3')).toMatchObject({ status: 'synced', phone: '447700900204' });
  expect(simulator.fieldsOf('447700900204')).toMatchObject({ OrderNumber: 'IL250901IN3' });
});

it('is ready when everything is there', async () => {
  for (const url of [web.url, worker.url]) {
    const answer = await fetch(`${url}/health/ready`);
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { status: 'ok', checks: { database: true, redis: true, worker: true } },
    ]);
  }
});

it('ends in order and has written nothing of a customer', async () => {
  const output = await worker.stop();
  expect(output).toContain('drained');
  expect(output).toContain('IL250819IN1');
  const secrets = [
    simulator.apiKey,
    ...Object.keys(expected.contacts),
    ...samples.flatMap(({ payload }) => [payload.form.client.name, payload.form.client.email]),
  ];
  expect(secrets.filter((secret) => output.includes(secret))).toEqual([]);
});
