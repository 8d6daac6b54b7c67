import { randomUUID } from 'node:crypto';
import { buildOrder, type OrderRow } from '@visanet/cbb-testkit';
import pg from 'pg';

/** A host's database with its orders table. */
export interface HostDatabase {
  readonly url: string;
  readonly pool: pg.Pool;
  /** Inserts an invented order; the same seed is the same customer. */
  insert(overrides?: Partial<OrderRow>, seed?: number): Promise<string>;
  statusOf(orderId: string): Promise<string | null>;
  drop(): Promise<void>;
}

const columns = `order_id varchar(50) PRIMARY KEY, form_id text, branch text, domain text, payment_processor text,
  payment_id text, amount numeric(10,2), currency text, order_status text, client_name text, client_email text,
  client_phone text, whatsapp_alerts_enabled boolean, product_name text, product_country text, product_doc_type text,
  product_doc_name text, visa_quantity int, entry_date date, entry_port text, urgency text, file_transfer_method text,
  product_intent text, product_entries text, product_validity text, product_country_flag text, product_data jsonb,
  processing_days int, is_urgent boolean, webhook_received_at timestamptz NOT NULL`;

export async function createHostDatabase(): Promise<HostDatabase> {
  const server = process.env.DATABASE_URL ?? '';
  const name = `cbb_cli_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  const administrator = new pg.Pool({ connectionString: server, max: 1 });
  await administrator.query(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: url.href, max: 4 });
  pool.on('error', () => undefined);
  await pool.query(`CREATE TABLE orders (${columns})`);
  return {
    url: url.href,
    pool,
    async insert(overrides = {}, seed = 1) {
      const order = buildOrder(overrides, { seed });
      const names = Object.keys(order);
      await pool.query(
        `INSERT INTO orders (${names.join(', ')}) VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
        Object.values(order),
      );
      return order.order_id;
    },
    async statusOf(orderId) {
      const { rows } = await pool.query('SELECT cbb_sync_status AS status FROM orders WHERE order_id = $1', [
        orderId,
      ]);
      return rows[0]?.status ?? null;
    },
    async drop() {
      await pool.end();
      await administrator.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await administrator.end();
    },
  };
}
