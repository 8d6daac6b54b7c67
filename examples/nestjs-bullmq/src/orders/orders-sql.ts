import type { StorableViziOrder } from '@visanet/cbb-sync';

const columns = [
  'order_id',
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
  'webhook_received_at',
] as const satisfies readonly (keyof StorableViziOrder)[];

// The moment of the first delivery says which order is newest: no redelivery may move it.
const editable = columns.filter((column) => column !== 'order_id' && column !== 'webhook_received_at');

// $1 is when the webhook arrived, $2 the payload.
const parameters = columns.map((_, index) => `$${index + 3}`);

/** Idempotent by order id: the same content changes nothing, other content is an edit. */
export const saveOrderSql = `
with kept as (
  insert into vizi_webhook_inbox (received_at, payload, order_id) values ($1, $2, ${parameters[0]})
)
insert into orders (${columns.join(', ')}) values (${parameters.join(', ')})
on conflict (order_id) do update
set ${editable.map((column) => `${column} = excluded.${column}`).join(', ')}, updated_at = now()
where (${editable.map((column) => `orders.${column}`).join(', ')})
  is distinct from (${editable.map((column) => `excluded.${column}`).join(', ')})`;

export const keepRejectedSql =
  'insert into vizi_webhook_inbox (received_at, problem, payload) values ($1, $2, $3)';

export function orderValues(order: StorableViziOrder): unknown[] {
  return columns.map((column) => order[column]);
}
