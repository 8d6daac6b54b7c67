import { type SuiteOrder, suiteMapping } from '@visanet/cbb-testkit/conformance';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createTestSchema,
  must,
  type TestSchema,
  tablesIn,
  testScope,
} from '../../test-support/test-schema.ts';
import type { LayoutOptions } from '../layout/layout.ts';
import { migrate } from '../migrate/migrate.ts';
import { createPostgresStore } from './create-postgres-store.ts';

const phone = { phoneKey: '447700900101', tombstone: 'tombstone', bucket: 7 };
const ledger = {
  contact: 'exists',
  hashes: {},
  appliedHashes: null,
  identity: {},
  verified: true,
  unclean: false,
} as const;
const states = ['inline', 'beside'] as const;

let schema: TestSchema;
beforeEach(async () => {
  schema = await createTestSchema();
});
afterEach(() => schema.drop());

const columns = `order_id text PRIMARY KEY, client_phone text, client_name text,
  webhook_received_at timestamptz NOT NULL DEFAULT now()`;
const run = (sql: string) => schema.pool.query(sql.replaceAll('here.', `${schema.name}.`));
const optionsOf = (state: (typeof states)[number], more: LayoutOptions = {}) => ({
  mapping: suiteMapping,
  ...tablesIn(schema.name),
  state,
  ...more,
});

async function storeOf(options: ReturnType<typeof optionsOf>) {
  await must(migrate(schema.pool, options));
  return createPostgresStore<SuiteOrder>({ client: schema.pool, scope: testScope, ...options });
}

type Store = Awaited<ReturnType<typeof storeOf>>;

async function begin(store: Store, orderId = 'A') {
  const version = (await must(store.load(orderId, 0)))?.order.version ?? 0;
  const begun = await must(store.begin({ orderId, version, phone, leaseMs: 60_000, keys: [] }));
  if (begun.kind !== 'acquired') throw new Error(begun.kind);
  const seen = begun.snapshot.candidates.map((one) => ({ orderId: one.orderId, version: one.version }));
  const outcomes = seen.map((one) => ({ ...one, status: 'synced', reason: null, contact: null }) as const);
  return {
    phone,
    token: begun.token,
    orderId,
    seen,
    appliedOrderId: orderId,
    ledger,
    outcomes,
    orphaned: false,
  };
}

const insert = (table: string, orderId = 'A') =>
  run(`INSERT INTO ${table} (order_id, client_phone, client_name)
    VALUES ('${orderId}', '${phone.phoneKey}', 'Customer')`);

describe.each(states)('names and columns, state %s', (state) => {
  it('in upper case, of 63 bytes, in another schema, with 100 columns', async () => {
    const long = `Orders_${'o'.repeat(56)}`;
    const many = Array.from({ length: 100 }, (_, index) => `Column_${index}_${'c'.repeat(50)}`);
    await run(`CREATE TABLE here."${long}" (${columns}, ${many.map((name) => `"${name}" text`).join(', ')})`);
    const watchedColumns = [...suiteMapping.watchedColumns, ...many];
    const options = {
      ...optionsOf(state, { table: `${schema.name}.${long}`, notifyChannel: 'announced' }),
      mapping: { ...suiteMapping, watchedColumns },
    };
    const store = await storeOf(options);
    await insert(`here."${long}"`);
    expect(await must(store.complete(await begin(store)))).toEqual({ kind: 'completed', locked: [] });
    await run(`UPDATE here."${long}" SET "${many.at(-1)}" = 'other'`);
    expect((await must(store.load('A', 0)))?.order).toMatchObject({ version: 2, status: 'pending' });
  });

  it('two tables whose long names begin alike do not meet', async () => {
    const names = ['one', 'two'].map((end) => `orders_of_a_branch_with_a_long_name_${end}`);
    for (const [index, name] of names.entries()) {
      await run(`CREATE TABLE here.${name} (${columns})`);
      const own = (table: string) => `${schema.name}.${table}_${index}`;
      const options = optionsOf(state, {
        table: `${schema.name}.${name}`,
        stateTable: own('states'),
        ledgerTable: own('ledger'),
        migrationsTable: own('migrations'),
      });
      await storeOf(options);
    }
    for (const name of names) await insert(`here.${name}`);
    const tables = state === 'inline' ? names : ['states_0', 'states_1'];
    for (const name of tables) {
      expect((await run(`SELECT 1 FROM here.${name}`)).rows).toHaveLength(1);
      const { rows } = await run(`SELECT indexname FROM pg_indexes WHERE schemaname = '${schema.name}'
        AND tablename = '${name}' AND indexname LIKE '%cbb_due'`);
      expect(rows).toHaveLength(1);
    }
  });
});

describe.each(states)('rows that go or change their id, state %s', (state) => {
  it('an order whose id changes is one that changed', async () => {
    await run(`CREATE TABLE here.orders (${columns})`);
    const store = await storeOf(optionsOf(state));
    await insert('here.orders');
    const held = await begin(store);
    await run(`UPDATE here.orders SET order_id = 'B'`);
    expect((await must(store.load('B', 0)))?.order).toMatchObject({ version: 2, status: 'pending' });
    expect((await must(store.complete(held))).kind).toBe('again');
    expect((await must(store.release({ ...held, own: ownOf(held.orderId) }))).kind).toBe('released');
    expect(await must(store.load('A', 0))).toBeNull();
  });

  it.each(['DELETE FROM', 'TRUNCATE'])(
    'after %s nothing of them is left but what is known of contacts',
    async (how) => {
      await run(`CREATE TABLE here.orders (${columns})`);
      const store = await storeOf(optionsOf(state));
      await insert('here.orders');
      await insert('here.orders', 'B');
      const held = await begin(store);
      await run(`${how} here.orders`);
      expect((await must(store.complete(held))).kind).toBe('again');
      expect((await must(store.release({ ...held, own: ownOf(held.orderId) }))).kind).toBe('released');
      const due = { limit: 9, visibilityMs: 0, leaseMs: 0, rolloutPercent: 100 };
      expect(await must(store.claimDue(due))).toEqual([]);
      const counts = await must(store.countByStatus());
      expect(Object.values(counts)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    },
  );
});

const ownOf = (orderId: string) =>
  ({
    orderId,
    version: 1,
    status: 'pending',
    dueInMs: 0,
    reason: null,
    countsAttempt: false,
    failing: false,
  }) as const;

describe('tables that are none', () => {
  const partitioned = `CREATE TABLE here.orders (${columns}) PARTITION BY HASH (order_id);
    CREATE TABLE here.part PARTITION OF here.orders FOR VALUES WITH (MODULUS 1, REMAINDER 0)`;

  it.each([
    ['a partitioned one without a table beside', partitioned, /partitioned.*beside/],
    [
      'a view',
      `CREATE TABLE here.real (${columns}); CREATE VIEW here.orders AS SELECT * FROM here.real`,
      /view/,
    ],
  ])('refuses %s before anything is done', async (_, sql, message) => {
    await run(sql);
    const error = (await migrate(schema.pool, optionsOf('inline')))._unsafeUnwrapErr();
    expect(error.message).toMatch(message);
    const { rows } = await run(`SELECT 1 FROM pg_class WHERE relnamespace = '${schema.name}'::regnamespace
      AND relname IN ('ledger', 'migrations')`);
    expect(rows).toEqual([]);
  });

  it('a partitioned one has its state beside', async () => {
    await run(partitioned);
    const store = await storeOf(optionsOf('beside'));
    await insert('here.orders');
    expect(await must(store.complete(await begin(store)))).toEqual({ kind: 'completed', locked: [] });
  });
});
