import { inventOrder } from './order-facts.ts';

/** A row of the `orders` table with the columns that the default mapping reads. */
export interface OrderRow {
  readonly order_id: string;
  readonly form_id: string;
  readonly branch: string;
  /** As database drivers return `numeric`, e.g. `249.00`. */
  readonly amount: string;
  readonly currency: string;
  readonly client_name: string;
  readonly client_email: string;
  /** Digits with the country's code. */
  readonly client_phone: string;
  readonly whatsapp_alerts_enabled: boolean;
  readonly product_country: string;
  readonly product_doc_type: string | null;
  readonly visa_quantity: number;
  /** `YYYY-MM-DD`. */
  readonly entry_date: string | null;
  readonly urgency: string;
  /** ISO 8601, UTC. */
  readonly webhook_received_at: string;
}

export interface BuildOptions {
  /** A whole number from 0: the same seed gives the same order, another seed another order and phone. @default 1 */
  readonly seed?: number;
}

/** An invented order as the host's table holds it. */
export function buildOrder(overrides: Partial<OrderRow> = {}, options: BuildOptions = {}): OrderRow {
  const facts = inventOrder(options.seed ?? 1);
  return {
    order_id: facts.orderId,
    form_id: facts.formId,
    branch: facts.branch,
    amount: facts.amount.toFixed(2),
    currency: facts.currency,
    client_name: facts.name,
    client_email: facts.email,
    client_phone: facts.phoneDigits,
    whatsapp_alerts_enabled: true,
    product_country: facts.country,
    product_doc_type: facts.docType,
    visa_quantity: facts.quantity,
    entry_date: facts.entryDate,
    urgency: facts.urgency,
    webhook_received_at: facts.receivedAt,
    ...overrides,
  };
}
