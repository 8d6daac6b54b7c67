import { suiteMapping } from '@visanet/cbb-testkit/conformance';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeSchema } from '../../test-support/describe-schema.ts';
import { laterTable, planStatements, planTable } from '../../test-support/plan-tables.ts';
import {
  createTestSchema,
  must,
  type TestSchema,
  tablesIn,
  testScope,
} from '../../test-support/test-schema.ts';
import { createPostgresStore } from '../store/create-postgres-store.ts';
import { checkOrdersTable } from './check-table.ts';
import { migrate } from './migrate.ts';
import { renderMigrations } from './render-migrations.ts';
import { steps } from './steps.ts';

const stepNames = steps.map(({ name }) => name);
let schema: TestSchema;
const options = () => ({ mapping: suiteMapping, ...tablesIn(schema.name) });
const storeOf = () => createPostgresStore({ client: schema.pool, scope: testScope, ...options() });
const run = async (...statements: readonly string[]) => {
  for (const statement of statements) await schema.pool.query(statement);
};
const insert = (
  ids: string,
) => `INSERT INTO ${schema.name}.orders (order_id, client_phone, client_name, webhook_received_at)
  SELECT id, '447700900101', 'Customer', now() FROM ${ids} AS ids(id)`;
const statuses = async () => {
  const sql = `SELECT order_id, cbb_sync_status, cbb_sync_error FROM ${schema.name}.orders ORDER BY order_id`;
  return (await schema.pool.query({ text: sql, rowMode: 'array' })).rows;
};

beforeEach(async () => {
  schema = await createTestSchema();
});
afterEach(() => schema.drop());

describe('migrate', () => {
  it('runs every step once, and none again', async () => {
    await run(planTable(`${schema.name}.orders`));
    expect((await must(migrate(schema.pool, options()))).applied).toEqual(stepNames);
    expect(await must(migrate(schema.pool, options()))).toEqual({ applied: [], historyOrders: 0 });
  });

  it('leaves orders that existed before alone, and takes those that come after', async () => {
    await run(planTable(`${schema.name}.orders`), insert("(VALUES ('A'), ('B'), ('C'))"));
    const report = await must(migrate(schema.pool, { ...options(), batch: 2 }));
    expect(report.historyOrders).toBe(3);
    await run(insert("(VALUES ('D'))"), `UPDATE ${schema.name}.orders SET client_name = 'Other name'`);
    expect(await statuses()).toEqual([
      ['A', null, null],
      ['B', null, null],
      ['C', null, null],
      ['D', 'pending', null],
    ]);
    const claim = { limit: 9, visibilityMs: 0, leaseMs: 1, rolloutPercent: 100 };
    expect(await must(storeOf().claimDue(claim))).toEqual(['D']);
    expect(await must(storeOf().countByStatus())).toMatchObject({ history: 3, pending: 1 });
  });

  it("ends in the same schema when the plan's SQL ran before", async () => {
    const table = `${schema.name}.orders`;
    await run(planTable(table), insert("(VALUES ('A'))"));
    await must(migrate(schema.pool, options()));
    const fresh = await describeSchema(schema.pool, schema.name);
    await run(`DROP SCHEMA ${schema.name} CASCADE`, `CREATE SCHEMA ${schema.name}`);

    await run(planTable(table), ...planStatements(table), insert("(VALUES ('A'), ('B'))"));
    await run(`UPDATE ${table} SET cbb_sync_status = 'synced' WHERE order_id = 'B'`);
    await must(migrate(schema.pool, { ...options(), pending: 'history' }));
    expect(await describeSchema(schema.pool, schema.name)).toBe(fresh);
    expect(await statuses()).toEqual([
      ['A', null, null],
      ['B', 'synced', null],
    ]);
  });

  it("asks what becomes of rows that the plan's SQL made pending, before it does anything", async () => {
    const table = `${schema.name}.orders`;
    await run(planTable(table), ...planStatements(table), insert("(VALUES ('A'), ('B'), ('C'))"));
    await run(`UPDATE ${table} SET cbb_sync_status = 'syncing' WHERE order_id = 'B'`);
    const before = await describeSchema(schema.pool, schema.name);
    const refused = await migrate(schema.pool, options());
    expect(refused._unsafeUnwrapErr()).toMatchObject({ kind: 'store_misconfigured', retryable: false });
    expect(refused._unsafeUnwrapErr().message).toMatch(/--pending=history.*--pending=due/);
    expect(await describeSchema(schema.pool, schema.name)).toBe(before);
    await must(migrate(schema.pool, { ...options(), pending: 'due', batch: 2 }));
    const claim = { limit: 9, visibilityMs: 0, leaseMs: 1, rolloutPercent: 100 };
    expect([...(await must(storeOf().claimDue(claim)))].sort()).toEqual(['A', 'B', 'C']);
    expect((await must(migrate(schema.pool, options()))).applied).toEqual([]);
  });

  it("ends in the same schema when the plan's SQL runs after: its own errors are its own", async () => {
    const table = `${schema.name}.orders`;
    await run(planTable(table));
    await must(migrate(schema.pool, options()));
    const before = await describeSchema(schema.pool, schema.name);
    const codes: unknown[] = [];
    for (const statement of planStatements(table)) {
      await schema.pool
        .query(statement)
        .catch((error: unknown) => codes.push(Reflect.get(Object(error), 'code')));
    }
    expect(codes).toEqual(['42P07', '42P07', '42710']);
    expect(await describeSchema(schema.pool, schema.name)).toBe(before);
  });

  it('replaces a constraint from before `skipped` was a status', async () => {
    const table = `${schema.name}.orders`;
    const narrow = planStatements(table).map((sql) => sql.replace(", 'skipped'", ''));
    await run(planTable(table), ...narrow, insert("(VALUES ('A'))"));
    await must(migrate(schema.pool, { ...options(), pending: 'history' }));
    await run(`UPDATE ${table} SET cbb_sync_status = 'skipped'`);
    expect(await statuses()).toEqual([['A', 'skipped', null]]);
  });

  it('works on the later table, with other names for everything', async () => {
    await run(
      laterTable(`${schema.name}."visaOrders"`),
      `ALTER TABLE ${schema.name}."visaOrders" RENAME order_id TO number`,
      `ALTER TABLE ${schema.name}."visaOrders" RENAME webhook_received_at TO received`,
    );
    const columns = { orderId: 'number', rank: 'received', status: 'syncState', phoneKey: 'phone_key' };
    const renamed = { ...options(), table: `${schema.name}.visaOrders`, columns };
    await must(migrate(schema.pool, renamed));
    await run(`INSERT INTO ${schema.name}."visaOrders" (number, client_phone, client_name, received)
      VALUES ('A', '447700900101', 'Customer', now())`);
    const parse = (row: unknown) => {
      const { number, received, ...rest } = Object(row);
      return suiteMapping.parse({ ...rest, order_id: number, webhook_received_at: received });
    };
    const store = createPostgresStore({
      client: schema.pool,
      scope: testScope,
      ...renamed,
      mapping: { ...suiteMapping, parse },
    });
    const phone = { phoneKey: '447700900101', tombstone: 't', bucket: 1 };
    const begun = await must(store.begin({ orderId: 'A', version: 1, phone, leaseMs: 1_000, keys: [] }));
    expect(begun.kind).toBe('acquired');
    const { rows } = await schema.pool.query(
      `SELECT "syncState", phone_key FROM ${schema.name}."visaOrders"`,
    );
    expect(rows).toEqual([{ syncState: 'syncing', phone_key: '447700900101' }]);
  });

  it('gives way to a long transaction on the table, and tries again', async () => {
    await run(planTable(`${schema.name}.orders`));
    const host = await schema.pool.connect();
    await host.query(`BEGIN; LOCK TABLE ${schema.name}.orders IN ROW EXCLUSIVE MODE`);
    const impatient = await migrate(schema.pool, { ...options(), lockTimeoutMs: 20, lockTries: 2 });
    expect(impatient._unsafeUnwrapErr().kind).toBe('store_unavailable');
    const patient = migrate(schema.pool, { ...options(), lockTimeoutMs: 20, lockTries: 500 });
    await host.query('ROLLBACK');
    host.release();
    expect((await must(patient)).applied).toEqual(stepNames.slice(1));
  });

  it('runs once when several start at the same time', async () => {
    await run(planTable(`${schema.name}.orders`), insert("(VALUES ('A'))"));
    const reports = await Promise.all([1, 2, 3].map(() => must(migrate(schema.pool, options()))));
    expect(reports.map(({ applied }) => applied.length).sort()).toEqual([0, 0, steps.length]);
    expect(reports.reduce((sum, { historyOrders }) => sum + historyOrders, 0)).toBe(1);
  });

  it('says so when another migration holds the lease for too long, and takes it over from a crashed one', async () => {
    await run(planTable(`${schema.name}.orders`));
    await must(migrate(schema.pool, options()));
    const hold = (interval: string) => `UPDATE ${schema.name}.migrations
      SET lease_token = 'other', lease_expires_at = now() + interval '${interval}' WHERE name = 'lease'`;
    await run(hold('1 hour'));
    const busy = await migrate(schema.pool, { ...options(), waitMs: 0 });
    expect(busy._unsafeUnwrapErr().kind).toBe('migration_busy');
    await run(hold('-1 second'));
    expect((await must(migrate(schema.pool, { ...options(), waitMs: 0 }))).applied).toEqual([]);
  });

  it('makes the triggers anew when the watched columns change', async () => {
    await run(planTable(`${schema.name}.orders`));
    await must(migrate(schema.pool, options()));
    const mapping = { ...suiteMapping, watchedColumns: ['client_name', 'branch'] };
    const report = await must(migrate(schema.pool, { ...options(), mapping }));
    expect(report.applied).toEqual(['002_columns_and_trigger']);
    await run(insert("(VALUES ('A'))"), `UPDATE ${schema.name}.orders SET branch = 'IL'`);
    await run(`UPDATE ${schema.name}.orders SET client_phone = '447700900102'`);
    const { rows } = await schema.pool.query(`SELECT cbb_sync_version AS version FROM ${schema.name}.orders`);
    expect(rows).toEqual([{ version: 2 }]);
  });

  it('builds an index again that a broken build left invalid', async () => {
    await run(planTable(`${schema.name}.orders`));
    await must(migrate(schema.pool, options()));
    await run(
      `UPDATE pg_index SET indisvalid = false WHERE indexrelid = '${schema.name}.idx_orders_cbb_due'::regclass`,
      `DELETE FROM ${schema.name}.migrations WHERE name = '004_indexes'`,
    );
    await must(migrate(schema.pool, options()));
    const { rows } = await schema.pool.query(
      `SELECT indisvalid FROM pg_index WHERE indexrelid = '${schema.name}.idx_orders_cbb_due'::regclass`,
    );
    expect(rows).toEqual([{ indisvalid: true }]);
  });

  it('names columns of the mapping that the table lacks', async () => {
    await run(planTable(`${schema.name}.orders`));
    const mapping = { ...suiteMapping, watchedColumns: ['client_name', 'nickname'] };
    const refused = await migrate(schema.pool, { ...options(), mapping });
    expect(refused._unsafeUnwrapErr()).toMatchObject({ kind: 'store_misconfigured' });
    expect(refused._unsafeUnwrapErr().message).toContain('nickname');
  });

  it('names an orders table that does not exist, and what to do', async () => {
    const refused = await migrate(schema.pool, options());
    expect(refused._unsafeUnwrapErr()).toEqual({
      kind: 'store_misconfigured',
      message: `[cbb-postgres] The orders table ${schema.name}.orders does not exist. Create it (for a trial: cbb migrate --create-table), or name yours in the configuration (store.table of --config).`,
      retryable: false,
      cause: 'statement',
      table: 'orders',
    });
    const elsewhere = await migrate(schema.pool, { ...options(), table: 'no_such_schema.purchases' });
    expect(elsewhere._unsafeUnwrapErr().message).toContain('no_such_schema.purchases does not exist');
    expect(await checkOrdersTable(schema.pool, options())).toEqual(refused);
    await run(planTable(`${schema.name}.orders`));
    expect((await checkOrdersTable(schema.pool, options())).isOk()).toBe(true);
    expect(() => checkOrdersTable(schema.pool, { ...options(), table: 'a b' })).toThrow(/table/);
  });

  it('lists all that is wrong with the table, and leaves it as it was', async () => {
    const table = `${schema.name}.orders`;
    await run(
      planTable(table),
      `ALTER TABLE ${table} DROP CONSTRAINT orders_order_id_key`,
      `ALTER TABLE ${table} ALTER COLUMN order_id TYPE numeric USING 1`,
      `ALTER TABLE ${table} ALTER COLUMN webhook_received_at TYPE text`,
    );
    const before = await describeSchema(schema.pool, schema.name);
    const mapping = { ...suiteMapping, watchedColumns: ['client_name', 'nickname'] };
    const { message } = (await migrate(schema.pool, { ...options(), mapping }))._unsafeUnwrapErr();
    expect(message).toMatch(/nickname.*type numeric.*no primary key or unique index.*type text.*timestamptz/);
    expect(await describeSchema(schema.pool, schema.name)).toBe(before);
    const { rows } = await schema.pool.query('SELECT 1 FROM pg_tables WHERE schemaname = $1', [schema.name]);
    expect(rows).toHaveLength(1);
  });

  it('lists every wrong option', () => {
    const wrong = { ...options(), table: 'a b', batch: 0, columns: { status: 'x y', other: 'z' }, colour: 1 };
    expect(() => migrate(schema.pool, wrong)).toThrow(/colour.*table.*columns.*batch/);
  });
});

describe('the SQL files', () => {
  it('end in the schema of `migrate`, and run again without harm', async () => {
    const table = `${schema.name}.orders`;
    await run(planTable(table));
    await must(migrate(schema.pool, options()));
    const migrated = await describeSchema(schema.pool, schema.name);
    await run(`DROP SCHEMA ${schema.name} CASCADE`, `CREATE SCHEMA ${schema.name}`);

    await run(planTable(table), insert("(VALUES ('A'))"));
    const statements = renderMigrations(options()).flatMap(({ sql }) => sql.split(';\n\n'));
    await run(...statements);
    expect(await describeSchema(schema.pool, schema.name)).toBe(migrated);
    await run(...statements, insert("(VALUES ('C'))"));
    expect(await statuses()).toEqual([
      ['A', null, null],
      ['C', 'pending', null],
    ]);
    expect((await must(migrate(schema.pool, options()))).historyOrders).toBe(1);
  });
});
