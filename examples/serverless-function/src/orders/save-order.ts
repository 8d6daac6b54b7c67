import type { StorableViziOrder } from '@visanet/cbb-sync';

/** A pool, or the client that holds a transaction. */
export interface SqlClient {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** What a later delivery of the same order may change. */
const changing = [
  'form_id',
  'branch',
  'domain',
  'payment_processor',
  'payment_id',
  'amount',
  'currency',
  'order_status',
  'client_name',
  'client_email',
  'client_phone',
  'whatsapp_alerts_enabled',
  'product_name',
  'product_country',
  'product_doc_type',
  'product_doc_name',
  'visa_quantity',
  'entry_date',
  'entry_port',
  'urgency',
  'file_transfer_method',
  'product_intent',
  'product_entries',
  'product_validity',
  'product_data',
  'processing_days',
  'is_urgent',
] as const satisfies readonly (keyof StorableViziOrder)[];

// The time of the first delivery ranks the orders of a phone: no later one moves it.
const columns = ['order_id', 'webhook_received_at', ...changing].join(', ');
const ofTable = changing.map((column) => `o.${column}`).join(', ');
const ofDelivery = changing.map((column) => `EXCLUDED.${column}`).join(', ');

const upsertSql = `INSERT INTO public.orders AS o (${columns})
  SELECT ${columns} FROM jsonb_populate_record(NULL::public.orders, $1::jsonb)
  ON CONFLICT (order_id) DO UPDATE SET (${changing.join(', ')}, updated_at) = ROW(${ofDelivery}, now())
  WHERE (${ofTable}) IS DISTINCT FROM (${ofDelivery})`;

/** Idempotent by order id: the same content changes nothing, other content updates the row. */
export async function saveOrder(client: SqlClient, order: StorableViziOrder): Promise<void> {
  await client.query(upsertSql, [JSON.stringify(order)]);
}
