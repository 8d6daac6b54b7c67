import {
  createTestEnvironment,
  dashboardPassword,
  type TestEnvironment,
  webhookKey,
} from './support/environment';
import { orderOf } from './support/samples';
import { startWebHost, type WebHost } from './support/web-host';
import { runMigrations } from './support/worker-process';

let environment: TestEnvironment;
let web: WebHost;

beforeAll(async () => {
  environment = await createTestEnvironment('http://127.0.0.1:9/api', 'unused');
  await runMigrations(environment.variables);
  web = await startWebHost(environment.variables);
});

afterAll(async () => {
  await web.close();
  await environment.close();
});

const order = orderOf('IL250902IN1', '7700900301');

async function stored(table: 'orders' | 'vizi_webhook_inbox'): Promise<number> {
  const { rows } = await environment.pool.query<{ count: number }>(`select count(*)::int from ${table}`);
  return rows[0]?.count ?? Number.NaN;
}

it.each([
  ['no key', {}],
  ['a wrong key', { 'x-api-key': 'vizi_test.wrong' }],
  ['an empty key', { 'x-api-key': '' }],
  ['a wrong bearer', { authorization: 'Bearer vizi_test.wrong' }],
  ['another scheme', { authorization: `Basic ${webhookKey}` }],
])('answers 401 to %s, and stores nothing', async (_, headers) => {
  expect((await web.deliver(order, headers)).status).toBe(401);
  expect(await stored('vizi_webhook_inbox')).toBe(0);
});

it('takes the key as a bearer too', async () => {
  expect((await web.deliver(order, { authorization: `Bearer ${webhookKey}` })).status).toBe(200);
});

it.each([
  ['without an order', { form: {} }, 'order is missing'],
  ['without an id', { order: { branch: 'secret' } }, 'order.id is missing'],
  ['with an id that is no text', { order: { id: 4711 } }, 'order.id must be a text'],
  ['with an id that cannot be a key', { order: { id: 'secret/../id' } }, 'order.id is not usable as an id'],
])('answers 400 to a payload %s, names the field and keeps the payload', async (_, payload, problem) => {
  const before = await stored('orders');
  const answer = await web.deliver(payload);
  const body = await answer.text();
  expect(answer.status).toBe(400);
  expect(JSON.parse(body)).toMatchObject({ message: [problem] });
  expect(body).not.toMatch(/secret|4711/);
  expect(await stored('orders')).toBe(before);
  const { rows } = await environment.pool.query(
    'select problem, payload from vizi_webhook_inbox order by id desc limit 1',
  );
  expect(rows).toEqual([{ problem, payload }]);
});

it.each([
  ['is not JSON', '{"secret', 400],
  ['is only a word', '"secret"', 400],
  ['is larger than the sender makes', JSON.stringify({ filler: 'x'.repeat(4_200_000) }), 413],
])('repeats nothing of a body that %s', async (_, body, status) => {
  const answer = await web.deliver(body);
  expect(answer.status).toBe(status);
  expect(await answer.text()).not.toMatch(/secret|xxx/);
});

it('takes what it does not know, and text that a database would refuse', async () => {
  const odd = orderOf('IL250902IN2', '7700900302', 'Dana\u0000 \ud800Example');
  odd.form.newBlock = { nested: ['\u0000'] };
  odd.order.amount = 'a lot';
  odd.form.entry = { date: '03/04/2026' };
  expect((await web.deliver(odd)).status).toBe(200);
  const { rows } = await environment.pool.query(
    `select client_name, entry_date, currency from orders where order_id = 'IL250902IN2'`,
  );
  expect(rows).toEqual([{ client_name: 'Dana Example', entry_date: null, currency: '' }]);
});

it('shows the queues only with the password', async () => {
  const dashboard = (credentials?: string) =>
    fetch(`${web.url}/admin/queues`, {
      headers: credentials === undefined ? {} : { authorization: `Basic ${btoa(credentials)}` },
    });
  expect((await dashboard()).status).toBe(401);
  expect((await dashboard('admin:wrong')).status).toBe(401);
  const shown = await dashboard(`admin:${dashboardPassword}`);
  expect([shown.status, await shown.text()]).toEqual([200, expect.stringContaining('Bull')]);
});
