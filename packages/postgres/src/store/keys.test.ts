import { type SuiteOrder, suiteMapping } from '@visanet/cbb-testkit/conformance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createTestSchema,
  must,
  type TestSchema,
  tablesIn,
  testScope,
} from '../../test-support/test-schema.ts';
import { migrate } from '../migrate/migrate.ts';
import { createPostgresStore, type PostgresStore } from './create-postgres-store.ts';

const ids = {
  uuid: ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'],
  bigint: ['-7', '9007199254740993'],
  integer: ['41', '42'],
  'varchar(40)': ['A', 'B'],
} as const;
const phone = { phoneKey: '447700900101', tombstone: 'tombstone', bucket: 7 };
const ledger = {
  contact: 'exists',
  hashes: {},
  appliedHashes: null,
  identity: {},
  verified: true,
  unclean: false,
} as const;

const cases = (['uuid', 'bigint', 'integer', 'varchar(40)'] as const).flatMap((type) => [
  { type, state: 'inline' as const },
  { type, state: 'beside' as const },
]);

describe.each(cases)('order ids of type $type, state $state', ({ type, state }) => {
  let schema: TestSchema;
  let store: PostgresStore<SuiteOrder>;
  const [first, second] = ids[type];

  beforeAll(async () => {
    schema = await createTestSchema();
    const table = `${schema.name}.orders`;
    await schema.pool.query(`CREATE TABLE ${table} (order_id ${type} PRIMARY KEY, client_phone text, client_name text,
      webhook_received_at timestamptz NOT NULL DEFAULT now())`);
    const options = { mapping: suiteMapping, ...tablesIn(schema.name), state };
    const parse: typeof suiteMapping.parse = (row) =>
      suiteMapping.parse({ ...Object(row), order_id: String(Object(row).order_id) });
    await must(migrate(schema.pool, options));
    store = createPostgresStore({
      client: schema.pool,
      ...options,
      mapping: { ...suiteMapping, parse },
      scope: testScope,
    });
    await schema.pool.query(
      `INSERT INTO ${table} (order_id, client_phone, client_name) VALUES ($1, $3, 'Customer'), ($2, $3, 'Customer')`,
      [first, second, phone.phoneKey],
    );
  });
  afterAll(() => schema.drop());

  it('go through a whole sync, and through what operators do', async () => {
    const key = { orderId: second, version: 1, phoneKey: phone.phoneKey, bucket: 7 };
    const begun = await must(
      store.begin({ orderId: first, version: 1, phone, leaseMs: 60_000, keys: [key] }),
    );
    if (begun.kind !== 'acquired') throw new Error(begun.kind);
    const seen = begun.snapshot.candidates.map(({ orderId, version }) => ({ orderId, version }));
    expect(seen.map(({ orderId }) => orderId).sort()).toEqual([first, second].sort());
    const contact = { contactId: phone.phoneKey, existed: false, hasWhatsApp: true };
    const outcomes = seen.map((one) => ({ ...one, status: 'synced', reason: null, contact }) as const);
    const lease = { phone, token: begun.token, orderId: first, appliedOrderId: second };
    const completed = await must(store.complete({ ...lease, seen, outcomes, ledger, orphaned: false }));
    expect(completed).toEqual({ kind: 'completed', locked: [] });

    const peeked = await must(store.peek(first, phone.phoneKey));
    expect(peeked.candidates.find(({ position }) => position === 'applied')?.orderId).toBe(second);
    expect(await must(store.rearm(first))).toBe(true);
    const settle = { orderId: first, version: 2, phone, status: 'failed', reason: 'timeout' } as const;
    expect((await must(store.settle(settle))).kind).toBe('settled');
    const retried: (readonly string[])[] = [];
    for await (const batch of store.retryFailed()) retried.push(batch._unsafeUnwrap());
    expect(retried).toEqual([[first]]);
    const due = { limit: 9, leaseMs: 60_000, rolloutPercent: 100 };
    expect((await must(store.listDue({ ...due, after: null }))).orderIds).toEqual([first]);
    expect(await must(store.claimDue({ ...due, visibilityMs: 0 }))).toEqual([first]);
    expect(await must(store.voidLedger(phone, first))).toBe('voided');
  });

  it('an id that can be no order’s is that of no order', async () => {
    for (const orderId of ['no such order', '12345678901234567890', 'ABCDEF00-0000-4000-8000-00000000000A']) {
      expect(await must(store.load(orderId, 0))).toBeNull();
      expect(await must(store.arm(orderId))).toBe(false);
      const begun = await store.begin({ orderId, version: 1, phone, leaseMs: 1, keys: [] });
      expect(begun._unsafeUnwrapErr().kind).toBe('row_missing');
    }
  });
});
