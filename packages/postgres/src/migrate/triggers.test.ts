import { type SuiteOrder, suiteMapping } from '@visanet/cbb-testkit/conformance';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planTable } from '../../test-support/plan-tables.ts';
import {
  createTestSchema,
  must,
  type TestSchema,
  tablesIn,
  testScope,
} from '../../test-support/test-schema.ts';
import { createPostgresStore, type PostgresStoreOptions } from '../store/create-postgres-store.ts';
import { migrate } from './migrate.ts';

let schema: TestSchema;
const options = () => ({ mapping: suiteMapping, ...tablesIn(schema.name) });
const storeOf = (more: Partial<PostgresStoreOptions<SuiteOrder>> = {}) =>
  createPostgresStore<SuiteOrder>({ client: schema.pool, scope: testScope, ...options(), ...more });
const run = async (...statements: readonly string[]) => {
  for (const statement of statements)
    await schema.pool.query(statement.replaceAll('orders', `${schema.name}.orders`));
};
const insert = (id: string) => `INSERT INTO orders (order_id, client_phone, client_name, webhook_received_at)
  VALUES ('${id}', '447700900101', 'Customer', '2025-08-20T10:00:00Z')`;
const row = async (columns: string) =>
  (await schema.pool.query(`SELECT ${columns} FROM ${schema.name}.orders ORDER BY order_id`)).rows;

beforeEach(async () => {
  schema = await createTestSchema();
  await schema.pool.query(planTable(`${schema.name}.orders`));
});
afterEach(() => schema.drop());

describe('a status that a person sets to pending', () => {
  const set = (status: string) => `UPDATE orders SET cbb_sync_status = '${status}', cbb_sync_due_at = NULL,
    cbb_sync_attempts = 3, cbb_sync_crashes = 2, cbb_sync_failing_since = now(), cbb_sync_error = 'timeout'`;
  const byHand = `UPDATE orders SET cbb_sync_status = 'pending', cbb_sync_error = NULL`;
  const state = `cbb_sync_version AS version, cbb_sync_attempts AS attempts, cbb_sync_crashes AS crashes,
    cbb_sync_failing_since AS failing, cbb_sync_due_at <= now() AS due`;

  it.each([
    ['failed', 0],
    ['skipped', 0],
    ['syncing', 2],
  ])('makes an order that was %s due now, anew', async (status, crashes) => {
    await must(migrate(schema.pool, options()));
    await run(insert('A'), set(status), byHand);
    expect(await row(state)).toEqual([{ version: 2, attempts: 0, crashes, failing: null, due: true }]);
  });

  it('leaves one that is pending as it is', async () => {
    await must(migrate(schema.pool, options()));
    await run(insert('A'), set('pending'), byHand);
    expect(await row(state)).toMatchObject([{ version: 1, attempts: 3, due: null }]);
  });

  it('takes an order of history in', async () => {
    await run(insert('A'));
    await must(migrate(schema.pool, options()));
    await run(byHand);
    expect(await row(state)).toMatchObject([{ version: 2, due: true }]);
  });
});

describe('an insert', () => {
  const withStatus = (id: string, status: string) =>
    insert(id)
      .replace(/\)\s+VALUES/, ', cbb_sync_status) VALUES')
      .replace(/\)$/, `, ${status})`);

  it('is pending and due, also where it says that it has no status; another status stays', async () => {
    await must(migrate(schema.pool, options()));
    await run(
      insert('A'),
      withStatus('B', 'NULL'),
      withStatus('C', `'pending'`),
      withStatus('D', `'skipped'`),
    );
    const due = { status: 'pending', due: true };
    expect(await row('cbb_sync_status AS status, cbb_sync_due_at <= now() AS due')).toEqual([
      due,
      due,
      due,
      { status: 'skipped', due: null },
    ]);
  });
});

describe('the rank', () => {
  it('is the first one, whatever the host writes later', async () => {
    await must(migrate(schema.pool, options()));
    await run(insert('A'), insert('B'));
    for (const later of ['2025-08-21', '2025-08-22']) {
      await run(`UPDATE orders SET webhook_received_at = '${later}' WHERE order_id = 'A'`);
    }
    await run(`UPDATE orders SET client_name = 'Other name' WHERE order_id = 'B'`);
    const ranks = await row('cbb_sync_rank::text AS rank, cbb_sync_version AS version');
    expect(ranks).toEqual([
      { rank: expect.stringContaining('2025-08-20'), version: 1 },
      { rank: null, version: 2 },
    ]);
  });
});

describe('generated columns', () => {
  it('are watched by what they are computed from, and can be ids', async () => {
    await run(`ALTER TABLE orders ADD COLUMN full_name text GENERATED ALWAYS AS (client_name || ' ' || branch) STORED,
      ADD COLUMN number text GENERATED ALWAYS AS ('IL' || order_id) STORED UNIQUE`);
    const mapping = {
      ...suiteMapping,
      orderIdColumn: 'number',
      watchedColumns: ['client_phone', 'full_name'],
    };
    const layout = { ...options(), mapping, notifyChannel: 'heard' };
    await must(migrate(schema.pool, layout));
    const listener = await schema.pool.connect();
    const heard: (string | undefined)[] = [];
    listener.on('notification', ({ payload }) => heard.push(payload));
    await listener.query('LISTEN heard');
    await run(insert('A'), `UPDATE orders SET branch = 'IL'`, `UPDATE orders SET form_id = 'x'`);
    expect(await row('cbb_sync_version AS version, full_name, number')).toEqual([
      { version: 2, full_name: 'Customer IL', number: 'ILA' },
    ]);
    await run(`INSERT INTO orders (order_id, client_phone, client_name, webhook_received_at, cbb_sync_status)
      VALUES ('B', '447700900101', 'Customer', now(), 'skipped')`);
    await listener.query('SELECT 1');
    expect(heard).toEqual(['ILA', 'ILA']);
    listener.release(true);
    expect(await must(storeOf({ mapping }).arm('ILA'))).toBe(true);
  });
});

describe('announcements', () => {
  const triggers = async () => {
    const { rows } = await schema.pool.query(
      `SELECT tgname FROM pg_trigger WHERE tgrelid = '${schema.name}.orders'::regclass AND tgname LIKE '%announce%'`,
    );
    return rows.length;
  };

  it('are made only where asked for, and taken away again', async () => {
    await must(migrate(schema.pool, options()));
    expect(await triggers()).toBe(0);
    await must(migrate(schema.pool, { ...options(), notifyChannel: 'heard' }));
    expect(await triggers()).toBe(2);
    await must(migrate(schema.pool, options()));
    expect(await triggers()).toBe(0);
  });
});

describe('state beside the table', () => {
  const beside = () => ({ ...options(), state: 'beside' as const });

  it('leaves the orders table its columns and indexes; the host needs no right to it', async () => {
    const shape = `SELECT (SELECT count(*) FROM pg_attribute WHERE attrelid = '${schema.name}.orders'::regclass)::int AS columns,
      (SELECT count(*) FROM pg_index WHERE indrelid = '${schema.name}.orders'::regclass)::int AS indexes`;
    const before = (await schema.pool.query(shape)).rows;
    await run(insert('before'));
    await must(migrate(schema.pool, beside()));
    expect((await schema.pool.query(shape)).rows).toEqual(before);
    const role = `${schema.name}_host`;
    const host = await schema.pool.connect();
    await host.query(`CREATE ROLE ${role}`);
    await host.query(`GRANT USAGE ON SCHEMA ${schema.name} TO ${role}`);
    await host.query(`GRANT ALL ON ${schema.name}.orders TO ${role}`);
    await host.query(`SET ROLE ${role}`);
    for (const sql of [insert('A'), `UPDATE orders SET client_name = 'Other name'`]) {
      await host.query(sql.replaceAll('orders', `${schema.name}.orders`));
    }
    await host.query('RESET ROLE');
    await host.query(`DROP OWNED BY ${role}`);
    await host.query(`DROP ROLE ${role}`);
    host.release();
    const store = storeOf(beside());
    expect((await must(store.load('A', 0)))?.order).toMatchObject({ version: 2, status: 'pending' });
    expect((await must(store.load('before', 0)))?.order).toMatchObject({ version: 1, status: 'history' });
    expect(await must(store.countByStatus())).toMatchObject({ history: 1, pending: 1 });
  });

  it('follows an order whose id changes, and forgets one that is deleted', async () => {
    await must(migrate(schema.pool, beside()));
    const store = storeOf(beside());
    await run(insert('C'), insert('A'), `UPDATE orders SET order_id = 'B' WHERE order_id = 'A'`);
    expect(await must(store.load('A', 0))).toBeNull();
    expect((await must(store.load('B', 0)))?.order).toMatchObject({ version: 2, status: 'pending' });
    await run(`DELETE FROM orders WHERE order_id = 'B'`);
    expect(await must(store.load('B', 0))).toBeNull();
    const { rows } = await schema.pool.query(`SELECT order_id FROM ${schema.name}.states`);
    expect(rows).toEqual([{ order_id: 'C' }]);
  });

  it('takes in by hand what is pending, with its own rank, and leaves what a person says of it', async () => {
    await run(insert('A'), insert('B'), insert('C'));
    await must(migrate(schema.pool, beside()));
    await run(`UPDATE orders SET webhook_received_at = '2025-08-21' WHERE order_id = 'A'`);
    const states = `${schema.name}.states`;
    await schema.pool.query(`INSERT INTO ${states} (order_id, cbb_sync_status, cbb_sync_due_at)
      VALUES ('A', 'pending', NULL), ('B', 'pending', '2040-01-01'), ('C', 'skipped', NULL)`);
    const kept = await schema.pool.query(`SELECT order_id AS id, cbb_sync_rank::text AS rank,
      cbb_sync_due_at <= now() AS due FROM ${states} ORDER BY order_id`);
    expect(kept.rows).toEqual([
      { id: 'A', rank: expect.stringContaining('2025-08-21'), due: true },
      { id: 'B', rank: null, due: false },
      { id: 'C', rank: null, due: null },
    ]);
  });
});
