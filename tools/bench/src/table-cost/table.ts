import { createOrdersTable, migrate } from '@visanet/cbb-postgres';
import { viziMapping } from '@visanet/cbb-sync';
import pg from 'pg';
import * as z from 'zod';
import type { Layout } from './figures.ts';

/** One database of the server: the same orders in each, with or without the sync. */
export interface Table {
  readonly client: pg.Client;
  /** Of all that is in it, in bytes. */
  size(): Promise<number>;
  close(): Promise<void>;
}

const sized = z.tuple([z.object({ bytes: z.coerce.number() })]);
const sizeSql = `SELECT sum(pg_total_relation_size(c.oid)) AS bytes FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'`;

function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

export async function openTable(server: string, database: string): Promise<Table> {
  const client = new pg.Client({ connectionString: urlOf(server, database) });
  await client.connect();
  return {
    client,
    async size() {
      const { rows } = await client.query(sizeSql);
      return sized.parse(rows)[0].bytes;
    },
    close: () => client.end(),
  };
}

/** Invented orders: six for each phone. */
export function insertManySql(first: number, count: number): string {
  return `INSERT INTO orders (order_id, form_id, branch, domain, payment_processor, payment_id, amount, currency,
      order_status, client_name, client_email, client_phone, whatsapp_alerts_enabled, product_name, product_country,
      product_doc_type, visa_quantity, entry_date, urgency, webhook_received_at)
    SELECT 'IL' || n, 'form_' || n % 50, 'ae', 'visanet.test', 'stripe', 'pi_' || md5(n::text), 49.99, 'USD', 'active',
      'Customer ' || n, 'customer' || n || '@example.com', '4477009' || lpad((n / 6)::text, 8, '0'), true,
      'eVisa', 'turkey', 'evisa', 1 + n % 4, current_date + (n % 90)::int, 'standard',
      timestamptz '2026-01-01' + n * interval '1 second'
    FROM generate_series(${first}, ${first + count - 1}) AS n`;
}

/** The first database, of which the others are copies. */
export async function fill(server: string, database: string, rows: number): Promise<void> {
  const table = await openTable(server, database);
  const created = await createOrdersTable(table.client);
  if (created.isErr()) throw new Error(created.error.message);
  await table.client.query(insertManySql(1, rows));
  await table.client.query('VACUUM (FREEZE, ANALYZE) orders');
  await table.close();
}

export async function migrateTable({ client }: Table, state: Layout): Promise<void> {
  const migrated = await migrate(client, { mapping: viziMapping, state });
  if (migrated.isErr()) throw new Error(migrated.error.message);
}
