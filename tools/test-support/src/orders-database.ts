import { buildOrder, type OrderRow } from '@visanet/cbb-testkit';
import type { ResultAsync } from 'neverthrow';
import type pg from 'pg';
import { createTestDatabase, type TestDatabase, type TestDatabaseOptions } from './databases.ts';
import { must } from './must.ts';
import { insertOrder, statusOf } from './orders.ts';

/** A host's database with its orders table, which the mappings of both contracts can read. */
export interface OrdersDatabase extends TestDatabase {
  /** Inserts an invented order; the same seed is the same customer. */
  insert(overrides?: Partial<OrderRow>, seed?: number): Promise<string>;
  statusOf(orderId: string): Promise<string | null>;
}

type Step = (pool: pg.Pool) => ResultAsync<unknown, { kind: string; message: string }>;

/** Of the packages that are tested: nothing here imports them, so that their own tests can use it. */
interface OrdersDatabaseOptions extends TestDatabaseOptions {
  /** Makes the orders table. */
  readonly createTable: Step;
  /** @default the table stays as the host made it */
  readonly migrate?: Step;
}

export async function createOrdersDatabase({
  createTable,
  migrate,
  ...options
}: OrdersDatabaseOptions): Promise<OrdersDatabase> {
  const database = await createTestDatabase(options);
  const { pool } = database;
  await must(createTable(pool));
  if (migrate !== undefined) await must(migrate(pool));
  return {
    ...database,
    async insert(overrides = {}, seed = 1) {
      const order = buildOrder(overrides, { seed });
      await insertOrder(pool, order);
      return order.order_id;
    },
    statusOf: (orderId) => statusOf(pool, orderId),
  };
}
