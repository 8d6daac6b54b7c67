import type { OrderStore } from '@visanet/cbb-sync';
import { type StoreSubject, type SuiteOrder, suiteMapping } from '@visanet/cbb-testkit/conformance';
import type pg from 'pg';
import type { PostgresClient } from '../src/client/postgres-client.ts';
import { createLayout, type LayoutOptions } from '../src/layout/layout.ts';
import { keepHistorySql } from '../src/migrate/history-sql.ts';
import { migrate } from '../src/migrate/migrate.ts';
import { createPostgresStore, type PostgresStore } from '../src/store/create-postgres-store.ts';
import { planTable } from './plan-tables.ts';
import { must, tablesIn, testScope } from './test-schema.ts';

export type SuiteState = NonNullable<LayoutOptions['state']>;

/** Creates the plan's table within the schema and migrates it for the orders of the suite. */
export async function prepareSuite(
  client: PostgresClient,
  schema: string,
  state: SuiteState = 'inline',
): Promise<void> {
  await client.query(planTable(`${schema}.orders`));
  await must(migrate(client, { mapping: suiteMapping, ...tablesIn(schema), state }));
}

const columns: readonly (keyof SuiteOrder)[] = [
  'order_id',
  'client_phone',
  'client_name',
  'webhook_received_at',
];

/** What the host and the suite do beside the store. */
export interface SuiteHost {
  readonly client: PostgresClient;
  /** For transactions of the host's; not where the database has one connection. */
  readonly pool?: pg.Pool;
}

export function suiteStore(
  client: PostgresClient,
  schema: string,
  state: SuiteState = 'inline',
): PostgresStore<SuiteOrder> {
  return createPostgresStore({ client, mapping: suiteMapping, scope: testScope, ...tablesIn(schema), state });
}

/** A store over the emptied tables. */
export async function suiteSubject(
  client: PostgresClient,
  schema: string,
  host: SuiteHost = { client },
  state: SuiteState = 'inline',
  store: OrderStore<SuiteOrder> = suiteStore(client, schema, state),
): Promise<StoreSubject> {
  const layout = createLayout({ ...tablesIn(schema), state }, suiteMapping);
  const { orders, state: kept, key, ledger, history, tombstones, columns: c } = layout;
  const run = (sql: string, values: unknown[] = []) => host.client.query(sql, values);
  // Of tables that hold a few rows this takes a fraction of the time that TRUNCATE takes.
  for (const table of new Set([kept, orders, ledger, history, tombstones])) await run(`DELETE FROM ${table}`);

  async function insert(order: SuiteOrder, status: 'default' | 'pending' = 'default'): Promise<void> {
    const named = status === 'pending' && !layout.beside ? [...columns, c.status] : columns;
    const values = columns.map((column) => order[column]);
    const places = named.map((_, index) => (index < columns.length ? `$${index + 1}` : `'pending'`));
    await run(`INSERT INTO ${orders} (${named.join(', ')}) VALUES (${places.join(', ')})`, values);
  }

  const { pool } = host;
  return {
    store,
    insert: (order) => insert(order),
    insertPending: (order) => insert(order, 'pending'),
    async update(orderId, changes) {
      const changed = columns.filter((column) => changes[column] !== undefined);
      const assignments = changed.map((column, index) => `${column} = $${index + 2}`).join(', ');
      const values = [orderId, ...changed.map((column) => changes[column])];
      await run(`UPDATE ${orders} SET ${assignments} WHERE order_id = $1`, values);
    },
    async insertHistory(order) {
      await insert(order);
      const forget = layout.beside
        ? `DELETE FROM ${kept} WHERE ${key} = $1`
        : `UPDATE ${orders} SET ${c.status} = NULL, ${c.dueAt} = NULL WHERE order_id = $1`;
      await run(forget, [order.order_id]);
      const phones = [{ orderId: order.order_id, phone: order.client_phone }];
      await run(keepHistorySql(layout), [JSON.stringify(phones)]);
    },
    async setPending(orderId) {
      const assignments = `${c.status} = 'pending', ${c.error} = NULL`;
      // Beside, history has no row yet.
      const inserted = `INSERT INTO ${kept} (${key}, ${c.status}) VALUES ($1, 'pending')
        ON CONFLICT (${key}) DO UPDATE SET ${assignments}`;
      await run(layout.beside ? inserted : `UPDATE ${kept} SET ${assignments} WHERE ${key} = $1`, [orderId]);
    },
    async endLease(phoneKey) {
      await run(`UPDATE ${ledger} SET lease_expires_at = now() WHERE phone_key = $1`, [phoneKey]);
    },
    ...(pool === undefined ? {} : { hold: (orderIds: readonly string[]) => hold(pool, orders, orderIds) }),
    close: async () => undefined,
  };
}

/** A transaction of the host's that edits orders and is rolled back in the end. */
async function hold(
  pool: pg.Pool,
  orders: string,
  orderIds: readonly string[],
): Promise<() => Promise<void>> {
  const connection = await pool.connect();
  await connection.query('BEGIN');
  await connection.query(
    `UPDATE ${orders} SET client_name = client_name || ' (held)' WHERE order_id = ANY($1)`,
    [orderIds],
  );
  return async () => {
    await connection.query('ROLLBACK');
    connection.release();
  };
}
