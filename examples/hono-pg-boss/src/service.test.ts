import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './testing/eventually.ts';
import { openTestService, type TestService, webhookKey } from './testing/open-test-service.ts';
import { expected, sampleBodies, sampleBody } from './testing/samples.ts';

let service: TestService;
beforeAll(async () => {
  service = await openTestService();
});
afterAll(async () => {
  await service.close();
  service.simulator.assertNoViolations();
});

interface OrderRow {
  readonly order_id: string;
  readonly cbb_sync_status: string;
  readonly cbb_phone_key: string | null;
  readonly cbb_sync_version: number;
  readonly webhook_received_at: Date;
}

async function orders(): Promise<Map<string, OrderRow>> {
  const { rows } = await service.sql.query<OrderRow>(
    'SELECT order_id, cbb_sync_status, cbb_phone_key, cbb_sync_version, webhook_received_at FROM orders',
  );
  return new Map(rows.map((row) => [row.order_id, row]));
}

async function count(sql: string, ...values: readonly unknown[]): Promise<number> {
  const { rows } = await service.sql.query<{ count: number }>(`SELECT count(*)::int AS count ${sql}`, [
    ...values,
  ]);
  return rows[0]?.count ?? -1;
}

/** No order waits any more. A job may: a phone that was busy is looked at again when its lease would have ended. */
function rest(): Promise<void> {
  return eventually(
    'rest',
    async () => (await count(`FROM orders WHERE cbb_sync_status IN ('pending', 'syncing')`)) === 0,
  );
}

function finishedJobs(orderId: string): number {
  return service.logged.filter(
    (entry) => Reflect.get(entry, 'kind') === 'job-finished' && Reflect.get(entry, 'orderId') === orderId,
  ).length;
}

/** Delivers, and waits until the job of this delivery is worked. */
async function deliverAndSync(body: string): Promise<void> {
  const orderId: string = JSON.parse(body).order.id;
  const before = finishedJobs(orderId);
  expect((await service.deliver(body)).status).toBe(200);
  await eventually(`a job of ${orderId}`, () => finishedJobs(orderId) > before);
  await rest();
}

/** The same payload with another value in its form. */
function edited(body: string, change: (payload: { form: Record<string, unknown> }) => void): string {
  const payload = JSON.parse(body);
  change(payload);
  return JSON.stringify(payload);
}

describe('hono-pg-boss', { timeout: 60_000 }, () => {
  it('brings the samples to where they must end', async () => {
    for (const body of sampleBodies) {
      const response = await service.deliver(body);
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ orderId: JSON.parse(body).order.id, status: 'queued' });
    }
    await rest();

    const stored = Object.fromEntries(
      [...(await orders()).values()].map((row) => [
        row.order_id,
        { status: row.cbb_sync_status, phone: row.cbb_phone_key },
      ]),
    );
    expect(stored).toEqual(expected.orders);
    expect([...service.simulator.contacts.keys()].sort()).toEqual(Object.keys(expected.contacts).sort());
    for (const [phone, fields] of Object.entries(expected.contacts)) {
      const held = service.simulator.fieldsOf(phone);
      for (const [name, value] of Object.entries(fields)) expect(held?.[name] ?? null).toBe(value);
    }
    expect(service.simulator.counts).toMatchObject({ createContact: 8 });
  });

  it('keeps every delivery as it came', async () => {
    const { rows } = await service.sql.query<{ body: string }>('SELECT body FROM vizi_inbox ORDER BY id');
    expect(rows.map(({ body }) => body)).toEqual(sampleBodies);
  });

  it('takes a redelivery without a second row, a moved rank or a request', async () => {
    const body = sampleBody('10_se_schengen');
    const before = (await orders()).get('SE250819SC2');
    const requests = service.simulator.journal.length;
    await deliverAndSync(body);
    expect((await orders()).get('SE250819SC2')).toEqual(before);
    expect(service.simulator.journal.length).toBe(requests);
  });

  it('brings an edit that comes after the sync to the contact, under the same rank', async () => {
    const before = (await orders()).get('SE250819SC2');
    const body = edited(sampleBody('10_se_schengen'), ({ form }) => {
      form.quantity = 9;
    });
    await deliverAndSync(body);
    const after = (await orders()).get('SE250819SC2');
    expect(after?.webhook_received_at).toEqual(before?.webhook_received_at);
    expect(after).toMatchObject({ cbb_sync_status: 'synced' });
    expect(service.simulator.fieldsOf('46701740605')).toMatchObject({ visa_quantity: 9 });
  });

  it('finds an edit that was made in the table alone', async () => {
    await service.sql.query(`UPDATE orders SET product_doc_type = 'eta' WHERE order_id = 'SE250819SC2'`);
    expect(await service.sync.sweep()).toMatchObject({ due: 1 });
    await rest();
    expect(service.simulator.fieldsOf('46701740605')).toMatchObject({ visa_type: 'eta' });
  });

  it('takes the key in either header and refuses any other', async () => {
    const body = sampleBody('01_il_plain');
    const kept = await count('FROM vizi_inbox');
    for (const headers of [{}, { 'x-api-key': 'wrong' }, { authorization: `Basic ${webhookKey}` }]) {
      const response = await service.deliver(body, headers);
      expect([response.status, await response.json()]).toEqual([401, { error: 'unauthorized' }]);
    }
    expect(await count('FROM vizi_inbox')).toBe(kept);
    expect((await service.deliver(body, { authorization: `Bearer ${webhookKey}` })).status).toBe(200);
  });

  it('refuses a malformed payload by the name of the field, and keeps it', async () => {
    const client = { name: 'Ada Example', phone: '+447700900199' };
    const bodies: readonly (readonly [string, string])[] = [
      [JSON.stringify({ form: { client }, order: { amount: 249 } }), 'order.id is missing'],
      [JSON.stringify({ form: { client }, order: { id: 'a b' } }), 'order.id is not usable as an id'],
      [JSON.stringify({ form: { client } }), 'order is missing'],
      ['{"form": \0', 'the body is not valid JSON'],
      ['7', 'the payload must be an object'],
    ];
    for (const [body, problem] of bodies) {
      const response = await service.deliver(body);
      expect([response.status, await response.json()]).toEqual([
        400,
        { error: 'invalid_payload', problems: [problem] },
      ]);
      expect(await count('FROM vizi_inbox WHERE order_id IS NULL AND problem = $1', problem)).toBe(1);
    }
  });

  it('refuses a body that is too large for a webhook', async () => {
    expect((await service.deliver(' '.repeat(5 * 1024 * 1024))).status).toBe(413);
  });

  it('leaves no job of an order that was rolled back, and says that it was not stored', async () => {
    await service.sql.query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'refused %', NEW.client_phone; END $$`);
    await service.sql.query(`CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON orders
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()`);
    const body = edited(sampleBody('08_ru_trunk_eight'), (payload) =>
      Object.assign(payload, { order: { id: 'RU250901IN1' } }),
    );
    const jobs = `FROM pgboss.job WHERE singleton_key = 'RU250901IN1'`;

    expect((await service.deliver(body)).status).toBe(503);
    expect([await count(jobs), (await orders()).has('RU250901IN1')]).toEqual([0, false]);
    expect(await count(`FROM vizi_inbox WHERE order_id = 'RU250901IN1'`)).toBe(1);

    await service.sql.query('DROP FUNCTION refuse() CASCADE');
    await deliverAndSync(body);
    expect(await count(jobs)).toBe(1);
    expect((await orders()).get('RU250901IN1')).toMatchObject({ cbb_sync_status: 'synced' });
  });

  it('answers no success while the database is away, and recovers', async () => {
    const body = edited(sampleBody('08_ru_trunk_eight'), (payload) =>
      Object.assign(payload, { order: { id: 'RU250902IN1' } }),
    );
    const ready = async () => (await fetch(`${service.url}/ready`)).status;
    expect(await ready()).toBe(200);
    await service.loseDatabase();
    const response = await service.deliver(body);
    expect([response.status, await response.json()]).toMatchObject([503, { error: 'not_stored' }]);
    expect(await ready()).toBe(503);
    expect((await fetch(`${service.url}/health`)).status).toBe(200);

    await service.restoreDatabase();
    await eventually('readiness', async () => (await ready()) === 200);
    await deliverAndSync(body);
    expect((await orders()).get('RU250902IN1')).toMatchObject({ cbb_sync_status: 'synced' });
  });

  it('logs nothing of a customer', () => {
    const log = JSON.stringify(service.logged);
    expect(log).toContain('"kind":"job-finished"');
    for (const phone of Object.keys(expected.contacts)) expect(log).not.toContain(phone);
    expect(log).not.toMatch(/@example\.test|Ada|נועה/);
    expect(log).not.toContain(webhookKey);
  });
});
