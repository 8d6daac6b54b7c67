import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runPath, webhookPath } from './answer-request.ts';
import { expected, sampleBodies, sampleBody } from './demo/samples.ts';
import { keys, openTestFunction, type TestFunction } from './testing/open-test-function.ts';

let opened: TestFunction;
beforeAll(async () => {
  opened = await openTestFunction();
});
afterAll(async () => {
  await opened.close();
  opened.simulator.assertNoViolations();
});

interface OrderRow {
  readonly order_id: string;
  readonly cbb_sync_status: string;
  readonly cbb_phone_key: string | null;
  readonly cbb_sync_version: number;
  readonly webhook_received_at: Date;
}

async function orders(): Promise<Map<string, OrderRow>> {
  const { rows } = await opened.sql.query<OrderRow>(
    'SELECT order_id, cbb_sync_status, cbb_phone_key, cbb_sync_version, webhook_received_at FROM orders',
  );
  return new Map(rows.map((row) => [row.order_id, row]));
}

async function inboxCount(): Promise<number> {
  const { rows } = await opened.sql.query('SELECT id FROM vizi_inbox');
  return rows.length;
}

/** The answer of a run, called as a scheduler does. */
async function run(): Promise<Record<string, unknown>> {
  const response = await opened.call('POST', runPath, undefined, { authorization: `Bearer ${keys.cron}` });
  expect(response.status).toBe(200);
  return response.json();
}

function withOrderId(body: string, id: string): string {
  return JSON.stringify({ ...JSON.parse(body), order: { id } });
}

describe('serverless-function', { timeout: 60_000 }, () => {
  it('stores the samples, and a run brings them to where they must end', async () => {
    for (const body of sampleBodies) {
      const response = await opened.deliver(body);
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ orderId: JSON.parse(body).order.id, status: 'queued' });
    }
    expect(opened.simulator.journal).toEqual([]);
    await opened.scheduled();

    const stored = Object.fromEntries(
      [...(await orders()).values()].map((row) => [
        row.order_id,
        { status: row.cbb_sync_status, phone: row.cbb_phone_key },
      ]),
    );
    expect(stored).toEqual(expected.orders);
    expect([...opened.simulator.contacts.keys()].sort()).toEqual(Object.keys(expected.contacts).sort());
    for (const [phone, fields] of Object.entries(expected.contacts)) {
      const held = opened.simulator.fieldsOf(phone);
      for (const [name, value] of Object.entries(fields)) expect(held?.[name] ?? null).toBe(value);
    }
    expect(opened.simulator.counts).toMatchObject({ createContact: 8 });
    expect(await inboxCount()).toBe(sampleBodies.length);
  });

  it('takes a redelivery without a second row, a moved rank or a request', async () => {
    const before = await orders();
    const requests = opened.simulator.journal.length;
    expect((await opened.deliver(sampleBody('10_se_schengen'))).status).toBe(200);
    expect(await run()).toMatchObject({ worked: 0, ended: 'nothing_due' });
    expect(await orders()).toEqual(before);
    expect(opened.simulator.journal.length).toBe(requests);
  });

  it('brings an edit that comes after the sync to the contact, under the same rank', async () => {
    const before = (await orders()).get('SE250819SC2');
    const payload = JSON.parse(sampleBody('10_se_schengen'));
    payload.form.quantity = 9;
    expect((await opened.deliver(JSON.stringify(payload))).status).toBe(200);
    await opened.sql.query(`UPDATE orders SET product_doc_type = 'evisa' WHERE order_id = 'RU250820IL7'`);
    expect(await run()).toMatchObject({ worked: 2, outcomes: { updated: 2 } });
    expect((await orders()).get('SE250819SC2')?.webhook_received_at).toEqual(before?.webhook_received_at);
    expect(opened.simulator.fieldsOf('46701740605')).toMatchObject({ visa_quantity: 9 });
    expect(opened.simulator.fieldsOf('79000000108')).toMatchObject({ visa_type: 'evisa' });
  });

  it('takes each key on its own route alone', async () => {
    const body = sampleBody('01_il_plain');
    const kept = await inboxCount();
    for (const headers of [{}, { 'x-api-key': keys.cron }, { authorization: `Basic ${keys.webhook}` }]) {
      expect((await opened.deliver(body, headers)).status).toBe(401);
    }
    expect((await opened.call('POST', runPath, undefined, {})).status).toBe(401);
    expect((await opened.call('POST', runPath)).status).toBe(401);
    expect(await inboxCount()).toBe(kept);
    expect((await opened.deliver(body, { authorization: `Bearer ${keys.webhook}` })).status).toBe(200);
    expect((await opened.call('GET', runPath, undefined, { 'x-api-key': keys.cron })).status).toBe(200);
    expect((await opened.call('GET', webhookPath)).status).toBe(404);
  });

  it('refuses a malformed payload by the name of the field, and keeps it', async () => {
    const client = { name: 'Ada Example', phone: '+447700900199' };
    const bodies: readonly (readonly [string, string])[] = [
      [JSON.stringify({ form: { client }, order: { amount: 249 } }), 'order.id is missing'],
      [JSON.stringify({ form: { client }, order: { id: 'a b' } }), 'order.id is not usable as an id'],
      ['{"form": \0', 'the body is not valid JSON'],
      ['', 'the body is not valid JSON'],
      ['7', 'the payload must be an object'],
    ];
    for (const [body, problem] of bodies) {
      const kept = await inboxCount();
      const response = await opened.deliver(body);
      expect([response.status, await response.json()]).toEqual([
        400,
        { error: 'invalid_payload', problems: [problem] },
      ]);
      expect(await inboxCount()).toBe(kept + 1);
    }
    expect((await opened.deliver(' '.repeat(5 * 1024 * 1024))).status).toBe(413);
  });

  it('answers no success while the database is away, and recovers', async () => {
    const body = withOrderId(sampleBody('08_ru_trunk_eight'), 'RU250902IN1');
    const cron = { authorization: `Bearer ${keys.cron}` };
    await opened.loseDatabase();
    const response = await opened.deliver(body);
    expect([response.status, await response.json()]).toMatchObject([503, { error: 'unavailable' }]);
    expect((await opened.call('POST', runPath, undefined, cron)).status).toBe(503);
    await expect(opened.scheduled()).rejects.toThrow();

    await opened.restoreDatabase();
    expect((await opened.deliver(body)).status).toBe(200);
    expect(await run()).toMatchObject({ worked: 1 });
    expect((await orders()).get('RU250902IN1')).toMatchObject({ cbb_sync_status: 'synced' });
  });

  it('finds its way over connections that broke between two calls', async () => {
    await opened.loseDatabase();
    await opened.restoreDatabase();
    expect((await opened.deliver(sampleBody('01_il_plain'))).status).toBe(200);
  });

  it('tells a scheduler of a rejected key, and costs no order anything', async () => {
    expect((await opened.deliver(withOrderId(sampleBody('11_co_us_number'), 'CO250903IN1'))).status).toBe(
      200,
    );
    opened.simulator.failNext({ kind: 'key_rejected' });
    await expect(opened.scheduled()).rejects.toThrow('rejects the key');
    const { rows } = await opened.sql.query(`UPDATE orders SET cbb_sync_due_at = now()
      WHERE cbb_sync_status = 'pending' RETURNING order_id, cbb_sync_attempts`);
    expect(rows).toEqual([{ order_id: 'CO250903IN1', cbb_sync_attempts: 0 }]);
    expect(await run()).toMatchObject({ worked: 1 });
    expect((await orders()).get('CO250903IN1')).toMatchObject({ cbb_sync_status: 'synced' });
  });

  it('logs nothing of a customer', () => {
    const log = JSON.stringify(opened.logged);
    expect(log).toContain('"kind":"job-finished"');
    for (const phone of Object.keys(expected.contacts)) expect(log).not.toContain(phone);
    expect(log).not.toMatch(/@example\.test|Ada|נועה/);
    for (const key of Object.values(keys)) expect(log).not.toContain(key);
  });
});
