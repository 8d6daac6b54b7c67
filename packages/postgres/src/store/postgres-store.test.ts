import { viziMapping } from '@visanet/cbb-sync';
import { type StoreSubject, type SuiteOrder, suiteMapping } from '@visanet/cbb-testkit/conformance';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countingClient } from '../../test-support/counting-client.ts';
import { prepareSuite, suiteSubject } from '../../test-support/suite-subject.ts';
import {
  createTestSchema,
  must,
  type TestSchema,
  tablesIn,
  testScope,
} from '../../test-support/test-schema.ts';
import { migrate } from '../migrate/migrate.ts';
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
const options = () => ({
  client: schema.pool,
  mapping: suiteMapping,
  scope: testScope,
  ...tablesIn(schema.name),
});
const insert = (orderId: string) =>
  subject.insert({
    order_id: orderId,
    client_phone: phone.phoneKey,
    client_name: 'Customer',
    webhook_received_at: '2025-08-20T10:00:00.000Z',
  });
const ledgerWrite = {
  contact: 'exists',
  hashes: {},
  appliedHashes: null,
  identity: {},
  verified: true,
  unclean: false,
} as const;
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
    await must(store.start());
    client.statements.length = 0;
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
        orderId: 'A',
        orphaned: false,
        ledger: ledgerWrite,
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

describe('rows', () => {
  it("come as JSON, whatever the driver's type parsers: dates stay dates, amounts are numbers", async () => {
    await insert('A');
    await schema.pool.query(`UPDATE ${schema.name}.orders SET entry_date = '2025-10-05', amount = 249.50,
      currency = 'ILS', whatsapp_alerts_enabled = true`);
    const store = createPostgresStore({ ...options(), mapping: viziMapping });
    await must(migrate(schema.pool, { mapping: viziMapping, ...tablesIn(schema.name) }));
    const loaded = await must(store.load('A', 0));
    if (!loaded?.order.readable) throw new Error('not readable');
    const { order } = loaded.order;
    expect(order).toMatchObject({ order_id: 'A', entry_date: '2025-10-05', amount: 249.5 });
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
