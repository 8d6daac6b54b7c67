import type { QueryResult } from 'pg';
import type { TraceOrder } from '../bench/trace/trace-event.ts';

/** A row of the orders table; the phone is one text, as the customer wrote it. */
export interface HostOrder extends TraceOrder {
  readonly client_phone: string;
}

/** A pool, or the client that holds a transaction. */
export interface SqlClient {
  query(text: string, values?: unknown[]): Promise<Pick<QueryResult, 'rows'>>;
}

const columns = [
  'order_id',
  'form_id',
  'branch',
  'client_name',
  'client_email',
  'client_phone',
  'whatsapp_alerts_enabled',
  'product_country',
  'product_doc_type',
  'visa_quantity',
  'urgency',
  'amount',
  'currency',
  'entry_date',
  'webhook_received_at',
] as const satisfies readonly (keyof HostOrder)[];

/** Never changed after the insert. */
const fixed: ReadonlySet<string> = new Set(['order_id', 'webhook_received_at']);

const valuesOf = (order: HostOrder) => columns.map((column) => order[column]);

const insertSql = `INSERT INTO orders (${columns.join(', ')},
    domain, payment_processor, payment_id, order_status, product_name)
  VALUES (${columns.map((_, index) => `$${index + 1}`).join(', ')},
    'visanet.test', 'stripe', 'pi_test', 'active', 'test')
  ON CONFLICT (order_id) DO NOTHING`;

const insertManySql = `INSERT INTO orders (${columns.join(', ')},
    domain, payment_processor, payment_id, order_status, product_name)
  SELECT ${columns.join(', ')}, 'visanet.test', 'stripe', 'pi_test', 'active', 'test'
  FROM jsonb_populate_recordset(NULL::orders, $1::jsonb)`;

const updateSql = `UPDATE orders SET updated_at = now(), ${columns
  .flatMap((column, index) => (fixed.has(column) ? [] : [`${column} = $${index + 1}`]))
  .join(', ')} WHERE order_id = $1 AND webhook_received_at = $${columns.length}`;

/** As the webhook does: a second delivery of the same order changes nothing. */
export async function insertOrder(client: SqlClient, order: HostOrder): Promise<void> {
  await client.query(insertSql, valuesOf(order));
}

/** As an operator's edit does. */
export async function updateOrder(client: SqlClient, order: HostOrder): Promise<void> {
  await client.query(updateSql, valuesOf(order));
}

/** All in one statement, and so committed together. */
export async function insertOrders(client: SqlClient, orders: readonly HostOrder[]): Promise<void> {
  await client.query(insertManySql, [JSON.stringify(orders)]);
}
