import { inventOrder } from './order-facts.ts';

/** A row of the plan's `orders` table: fits `ViziOrder`, so that a store over `viziMapping` takes it as it is. */
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
    webhook_received_at: facts.receivedAt,
    ...overrides,
  };
}
