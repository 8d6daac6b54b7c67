import { type StoreSubject, type SuiteOrder, suiteMapping } from '@visanet/cbb-testkit/conformance';
import type { PostgresClient } from '../src/client/postgres-client.ts';
import { migrate } from '../src/migrate/migrate.ts';
import { createPostgresStore } from '../src/store/create-postgres-store.ts';
import { planTable } from './plan-tables.ts';
import { must, tablesIn } from './test-schema.ts';

/** Creates the plan's table within the schema and migrates it for the orders of the suite. */
export async function prepareSuite(client: PostgresClient, schema: string): Promise<void> {
  await client.query(planTable(`${schema}.orders`));
  await must(migrate(client, { mapping: suiteMapping, ...tablesIn(schema) }));
}

const columns: readonly (keyof SuiteOrder)[] = [
  'order_id',
  'client_phone',
  'client_name',
  'webhook_received_at',
];

/** A store over the emptied tables; `host` is the connection of the host's own writes. */
export async function suiteSubject(
  client: PostgresClient,
  schema: string,
  host: PostgresClient = client,
): Promise<StoreSubject> {
  await host.query(`TRUNCATE ${schema}.orders, ${schema}.ledger, ${schema}.tombstones`);
  return {
    store: createPostgresStore<SuiteOrder>({ client, mapping: suiteMapping, ...tablesIn(schema) }),
    async insert(order) {
      const values = columns.map((column) => order[column]);
      await host.query(
        `INSERT INTO ${schema}.orders (${columns.join(', ')}) VALUES ($1, $2, $3, $4)`,
        values,
      );
    },
    async update(orderId, changes) {
      const changed = columns.filter((column) => changes[column] !== undefined);
      const assignments = changed.map((column, index) => `${column} = $${index + 2}`).join(', ');
      const values = [orderId, ...changed.map((column) => changes[column])];
      await host.query(`UPDATE ${schema}.orders SET ${assignments} WHERE order_id = $1`, values);
    },
    close: async () => undefined,
  };
}
