import { viziMapping } from '@visanet/cbb-sync';
import { type StoreSubject, type SuiteOrder, suiteMapping } from '@visanet/cbb-testkit/conformance';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countingClient } from '../../test-support/counting-client.ts';
import { prepareSuite, suiteSubject } from '../../test-support/suite-subject.ts';
import { createTestSchema, must, type TestSchema, tablesIn } from '../../test-support/test-schema.ts';
import type { PostgresClient } from '../client/postgres-client.ts';
import { createPostgresStore } from './create-postgres-store.ts';

let schema: TestSchema;
let subject: StoreSubject;

beforeAll(async () => {
  schema = await createTestSchema();
  await prepareSuite(schema.pool, schema.name);
});
afterAll(() => schema.drop());
beforeEach(async () => {
  subject = await suiteSubject(schema.pool, schema.name);
});

const phone = { phoneKey: '447700900101', tombstone: 'tombstone', bucket: 7 };
const options = () => ({ client: schema.pool, mapping: suiteMapping, ...tablesIn(schema.name) });
const insert = (orderId: string) =>
  subject.insert({
    order_id: orderId,
    client_phone: phone.phoneKey,
    client_name: 'Customer',
    webhook_received_at: '2025-08-20T10:00:00.000Z',
  });
const begin = (orderId: string) => ({ orderId, version: 1, phone, leaseMs: 60_000, keys: [] });

async function orderRow(orderId: string): Promise<Record<string, unknown>> {
  const { rows } = await schema.pool.query(`SELECT * FROM ${schema.name}.orders WHERE order_id = $1`, [
    orderId,
  ]);
  return rows[0];
}

describe('a sync without incident', () => {
  it('is three statements, and leaves the columns of the plan', async () => {
    await insert('A');
    const client = countingClient(schema.pool);
    const store = createPostgresStore<SuiteOrder>({ ...options(), client });
    await must(store.load('A', 100));
    const begun = await must(store.begin(begin('A')));
    if (begun.kind !== 'acquired') throw new Error(begun.kind);
    const contact = { contactId: phone.phoneKey, existed: true, hasWhatsApp: null };
    await must(
      store.complete({
        phone,
        token: begun.token,
        seen: [{ orderId: 'A', version: 1 }],
        appliedOrderId: 'A',
        ledger: { contact: 'exists', hashes: {}, identity: {}, verified: true, unclean: false },
        outcomes: [{ orderId: 'A', version: 1, status: 'synced', reason: null, contact }],
      }),
    );
    expect(client.statements).toHaveLength(3);
    expect(await orderRow('A')).toMatchObject({
      cbb_contact_id: phone.phoneKey,
      cbb_sync_status: 'synced',
      cbb_sync_attempted_at: expect.any(Date),
      cbb_sync_completed_at: expect.any(Date),
      cbb_sync_error: null,
      cbb_contact_exists: true,
      cbb_has_whatsapp: null,
    });
  });
});

describe('a failed settle', () => {
  it('counts as an attempt of that moment, for the queries of the plan', async () => {
    await insert('A');
    const settle = {
      orderId: 'A',
      version: 1,
      phone: null,
      status: 'failed',
      reason: 'invalid_phone',
    } as const;
    await must(subject.store.settle(settle));
    expect(await orderRow('A')).toMatchObject({
      cbb_sync_attempted_at: expect.any(Date),
      cbb_sync_error: 'invalid_phone',
    });
  });
});

describe('a phone with an order that cannot be read', () => {
  it('is given back: the job is pending again, the lease free, the ledger as clean as before', async () => {
    await insert('A');
    await insert('B');
    const settle = { orderId: 'B', version: 1, phone, status: 'pending', reason: null } as const;
    await must(subject.store.settle(settle));
    await subject.update('B', { client_name: 'unreadable' });
    const refused = await subject.store.begin(begin('A'));
    expect(refused._unsafeUnwrapErr()).toMatchObject({ kind: 'row_invalid', retryable: false });
    expect(refused._unsafeUnwrapErr().message).toContain('client_name');
    expect(await orderRow('A')).toMatchObject({ cbb_sync_status: 'pending', cbb_sync_error: 'row_invalid' });
    await subject.update('B', { client_name: 'Customer' });
    const begun = await must(subject.store.begin(begin('A')));
    expect(begun).toMatchObject({ kind: 'acquired', crashes: 0, snapshot: { ledger: { unclean: false } } });
  });
});

describe('scopes', () => {
  it('keep the ledgers of accounts apart', async () => {
    await insert('A');
    const other = createPostgresStore<SuiteOrder>({
      ...options(),
      scope: { contract: 'v1.1', account: '7' },
    });
    expect((await must(subject.store.begin(begin('A')))).kind).toBe('acquired');
    expect((await must(other.begin(begin('A')))).kind).toBe('acquired');
    expect((await must(other.begin(begin('A')))).kind).toBe('busy');
  });
});

describe('rearm in the host transaction', () => {
  it('is undone by its rollback and done by its commit', async () => {
    await insert('A');
    const store = createPostgresStore<SuiteOrder>(options());
    const host = await schema.pool.connect();
    await host.query('BEGIN');
    expect(await must(store.rearm(host, 'A'))).toBe(true);
    await host.query('ROLLBACK');
    expect(await orderRow('A')).toMatchObject({ cbb_sync_version: 1 });
    await host.query('BEGIN');
    await must(store.rearm(host, 'A'));
    await host.query('COMMIT');
    host.release();
    expect(await orderRow('A')).toMatchObject({ cbb_sync_version: 2 });
  });
});

describe('errors', () => {
  const ended = {
    query: () => Promise.reject(Object.assign(new Error('447700900101'), { code: 'ECONNREFUSED' })),
  };
  const failing = (code: string) => ({
    query: () => Promise.reject(Object.assign(new Error('Key (447700900101)'), { code })),
  });

  it.each([
    ['no answer', ended, 'store_unavailable'],
    ['a shut-down', failing('57P01'), 'store_unavailable'],
    ['too many connections', failing('53300'), 'store_unavailable'],
    ['a statement out of time', failing('57014'), 'store_unavailable'],
    ['deadlocks again and again', failing('40P01'), 'store_unavailable'],
    ['a missing table', failing('42P01'), 'store_misconfigured'],
    ['a missing permission', failing('42501'), 'store_misconfigured'],
    ['a trigger that raises', failing('P0001'), 'store_misconfigured'],
  ])('%s is told by kind, without a word of the driver', async (_, client, kind) => {
    const store = createPostgresStore<SuiteOrder>({ ...options(), client });
    const error = (await store.load('A', 0))._unsafeUnwrapErr();
    expect(error).toMatchObject({ kind, retryable: kind === 'store_unavailable' });
    expect(error.message).not.toContain('4477');
  });

  it('a deadlock is tried again before it is one', async () => {
    await insert('A');
    let refusals = 2;
    const client: PostgresClient = {
      query(text, values) {
        refusals -= 1;
        return refusals >= 0 ? failing('40P01').query() : schema.pool.query(text, values);
      },
    };
    const store = createPostgresStore<SuiteOrder>({ ...options(), client });
    expect((await must(store.load('A', 0)))?.order.orderId).toBe('A');
  });

  it('a table that is not there is a wrong set-up, not a missing order', async () => {
    const store = createPostgresStore<SuiteOrder>({ ...options(), table: `${schema.name}.elsewhere` });
    expect((await store.load('A', 0))._unsafeUnwrapErr().kind).toBe('store_misconfigured');
  });

  it('a server that is gone is unavailable', async () => {
    const pool = new pg.Pool({ connectionString: 'postgresql://nobody@127.0.0.1:1/none' });
    const store = createPostgresStore<SuiteOrder>({ ...options(), client: pool });
    expect((await store.load('A', 0))._unsafeUnwrapErr().kind).toBe('store_unavailable');
    await pool.end();
  });
});

describe('rows', () => {
  it("come as JSON, whatever the driver's type parsers: dates stay dates, amounts are numbers", async () => {
    await insert('A');
    await schema.pool.query(`UPDATE ${schema.name}.orders SET entry_date = '2025-10-05', amount = 249.50,
      currency = 'ILS', whatsapp_alerts_enabled = true`);
    const store = createPostgresStore({ ...options(), mapping: viziMapping });
    const loaded = await must(store.load('A', 0));
    const order = loaded?.order.order;
    expect(order).toMatchObject({ order_id: 'A', entry_date: '2025-10-05', amount: 249.5 });
    if (order === undefined) throw new Error('no order');
    const { fields } = viziMapping.desiredContact(order);
    expect(fields).toMatchObject({
      entry_date: { kind: 'set', value: '2025-10-05' },
      total_paid: { kind: 'set', value: '249.50 ILS' },
      order_date: { kind: 'set', value: '2025-08-20T10:00:00.000Z' },
    });
  });
});

describe('createPostgresStore', () => {
  it('lists every wrong option in one error', () => {
    const wrong = { client: {}, mapping: null, table: 'a;b', scope: { contract: 'plan' }, colour: 'red' };
    expect(() => Reflect.apply(createPostgresStore, null, [wrong])).toThrow(
      /colour.*table.*client.*mapping.*scope/,
    );
  });
});
