import { inventOrder } from './order-facts.ts';

/** A row of the `orders` table, with the columns of both mappings of Vizi's orders: a store over either takes it as it is. */
export interface OrderRow {
  readonly order_id: string;
  readonly form_id: string;
  readonly branch: string;
  readonly domain: string;
  readonly payment_processor: string;
  readonly payment_id: string;
  /** As database drivers return `numeric`, e.g. `249.00`. */
  readonly amount: string;
  readonly currency: string;
  readonly order_status: string;
  readonly client_name: string;
  readonly client_email: string;
  /** Digits with the country's code. */
  readonly client_phone: string;
  readonly whatsapp_alerts_enabled: boolean;
  readonly product_name: string;
  readonly product_country: string;
  readonly product_doc_type: string | null;
  readonly product_doc_name: string | null;
  readonly visa_quantity: number;
  /** `YYYY-MM-DD`. */
  readonly entry_date: string | null;
  readonly entry_port: string | null;
  readonly urgency: string;
  readonly file_transfer_method: string | null;
  readonly product_intent: string | null;
  readonly product_entries: string | null;
  readonly product_validity: string | null;
  readonly product_country_flag: string | null;
  readonly product_data: Readonly<Record<string, unknown>> | null;
  readonly processing_days: number | null;
  readonly is_urgent: boolean | null;
  /** ISO 8601, UTC. */
  readonly webhook_received_at: string;
}

export interface BuildOptions {
  /** A whole number from 0: the same seed gives the same order, another seed another order and phone. @default 1 */
  readonly seed?: number;
}

/** An invented order as the host's table holds it; columns that its form leaves open are null. */
export function buildOrder(overrides: Partial<OrderRow> = {}, options: BuildOptions = {}): OrderRow {
  const facts = inventOrder(options.seed ?? 1);
  return {
    order_id: facts.orderId,
    form_id: facts.formId,
    branch: facts.branch,
    domain: facts.domain,
    payment_processor: 'stripe',
    payment_id: facts.paymentId,
    amount: facts.amount.toFixed(2),
    currency: facts.currency,
    order_status: 'active',
    client_name: facts.name,
    client_email: facts.email,
    client_phone: facts.phoneDigits,
    whatsapp_alerts_enabled: true,
    product_name: facts.product,
    product_country: facts.country,
    product_doc_type: facts.docType,
    product_doc_name: null,
    visa_quantity: facts.quantity,
    entry_date: facts.entryDate,
    entry_port: null,
    urgency: facts.urgency,
    file_transfer_method: null,
    product_intent: 'tourism',
    product_entries: 'multiple',
    product_validity: 'year',
    product_country_flag: null,
    product_data: {
      name: facts.product,
      country: facts.country,
      doc_type: facts.docType,
      doc_name: null,
      intent: 'tourism',
      entries: 'multiple',
      validity: 'year',
      stay_limit: facts.stayLimit,
      days_to_use: null,
      wait: facts.wait,
      urgency: facts.urgency,
    },
    processing_days: facts.urgent ? 1 : facts.wait,
    is_urgent: facts.urgent,
    webhook_received_at: facts.receivedAt,
    ...overrides,
  };
}
