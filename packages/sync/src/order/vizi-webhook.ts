import { err, ok, type Result } from 'neverthrow';
import { columnValue } from '../mapping/column-value.ts';
import { type ViziV11Order, viziV11OrderSchema } from './vizi-v11-order.ts';
import { isUrgent } from './vizi-words.ts';

export interface InvalidPayload {
  readonly kind: 'invalid_payload';
  /** One sentence per problem; names fields, never values. */
  readonly problems: readonly string[];
}

// The width of the `order_id` column.
const maxOrderIdLength = 50;
// An id is a key in paths, queues and logs: nothing that any of them gives a meaning to.
const unusableInId = /[\p{C}\s/\\%?#:;"'<>]|\.\./u;

/**
 * Turns a Vizi webhook `{ form, order }` into an order row, with the columns of the plan's table and of the later one:
 * take those that yours has. Only the order id can fail it: a form that is incomplete or new in some field is an order
 * all the same. Values stay as they came; keep the raw payload beside the row.
 *
 * @param receivedAt when the webhook arrived, ISO 8601
 */
export function parseViziWebhook(payload: unknown, receivedAt: string): Result<ViziV11Order, InvalidPayload> {
  const order = columnValue(payload, 'order');
  const form = columnValue(payload, 'form');
  const problem = payloadProblem(payload, order);
  if (problem !== null) return err({ kind: 'invalid_payload', problems: [problem] });
  return ok(
    viziV11OrderSchema.parse({
      ...orderColumns(order, form),
      ...formColumns(form),
      ...productColumns(form),
      webhook_received_at: receivedAt,
    }),
  );
}

function payloadProblem(payload: unknown, order: unknown): string | null {
  if (typeof payload !== 'object' || payload === null) return 'the payload must be an object';
  if (typeof order !== 'object' || order === null) return 'order is missing';
  const id = columnValue(order, 'id');
  if (id === undefined || id === null || id === '') return 'order.id is missing';
  if (typeof id !== 'string') return 'order.id must be a text';
  if (id.length > maxOrderIdLength) return `order.id is longer than ${maxOrderIdLength} characters`;
  return unusableInId.test(id) ? 'order.id is not usable as an id' : null;
}

function orderColumns(order: unknown, form: unknown): Record<string, unknown> {
  return {
    order_id: columnValue(order, 'id'),
    form_id: columnValue(order, 'form_id') ?? columnValue(form, 'id'),
    branch: columnValue(order, 'branch'),
    domain: columnValue(order, 'domain'),
    payment_processor: columnValue(order, 'payment_processor'),
    payment_id: columnValue(order, 'payment_id'),
    amount: columnValue(order, 'amount'),
    currency: columnValue(order, 'currency'),
    order_status: columnValue(order, 'status'),
  };
}

function formColumns(form: unknown): Record<string, unknown> {
  const client = columnValue(form, 'client');
  const product = columnValue(form, 'product');
  const entry = columnValue(form, 'entry');
  return {
    client_name: columnValue(client, 'name'),
    client_email: columnValue(client, 'email'),
    client_phone: columnValue(client, 'phone'),
    whatsapp_alerts_enabled: columnValue(client, 'whatsappAlertsEnabled'),
    product_name: columnValue(product, 'name'),
    product_country: columnValue(product, 'country') ?? columnValue(form, 'country'),
    product_doc_type: columnValue(product, 'docType'),
    product_doc_name: columnValue(product, 'docName'),
    visa_quantity: columnValue(form, 'quantity'),
    entry_date: columnValue(entry, 'date'),
    entry_port: columnValue(entry, 'port'),
    urgency: columnValue(form, 'urgency'),
    file_transfer_method: columnValue(form, 'fileTransferMethod'),
  };
}

/** The columns that the later table has. What neither form nor product says stays null: nothing is filled in. */
function productColumns(form: unknown): Record<string, unknown> {
  const product = columnValue(form, 'product');
  const urgency = columnValue(form, 'urgency');
  const urgent = isUrgent(urgency);
  const of = (name: string) => columnValue(product, name) ?? null;
  return {
    product_intent: of('intent'),
    product_entries: of('entries'),
    product_validity: of('validity'),
    product_data: {
      name: of('name'),
      country: of('country'),
      doc_type: of('docType'),
      doc_name: of('docName'),
      intent: of('intent'),
      entries: of('entries'),
      validity: of('validity'),
      stay_limit: of('stay_limit'),
      days_to_use: of('days_to_use'),
      wait: of('wait'),
      urgency: urgency ?? null,
    },
    // Haste is worked on the next day; else the product says how long it takes.
    processing_days: urgent === true ? 1 : of('wait'),
    is_urgent: urgent,
  };
}
