import type { OrderRow } from '@visanet/cbb-testkit';

/** A pool, or the client that holds a transaction. */
interface SqlClient {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

/** As the webhook of a host does. */
export async function insertOrder(client: SqlClient, order: OrderRow): Promise<void> {
  const names = Object.keys(order);
  const places = names.map((_, index) => `$${index + 1}`);
  const sql = `INSERT INTO orders (${names.join(', ')}) VALUES (${places.join(', ')})`;
  await client.query(sql, Object.values(order));
}

export async function statusOf(client: SqlClient, orderId: string): Promise<string | null> {
  const sql = 'SELECT cbb_sync_status AS status FROM orders WHERE order_id = $1';
  const { rows } = await client.query(sql, [orderId]);
  const status = Object(rows[0]).status;
  return typeof status === 'string' ? status : null;
}
