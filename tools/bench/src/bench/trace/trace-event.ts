/** A phone as customers type it; null where the form had none. */
export type PhoneSpelling = string | { readonly code: string; readonly number: string } | null;

/** A row of the host's orders table, in the columns of the plan. */
export interface TraceOrder {
  readonly order_id: string;
  readonly form_id: string;
  readonly branch: string;
  readonly client_name: string;
  readonly client_email: string;
  readonly client_phone: PhoneSpelling;
  readonly whatsapp_alerts_enabled: boolean;
  readonly product_country: string;
  readonly product_doc_type: string | null;
  readonly visa_quantity: number;
  readonly urgency: string;
  /** As a database driver returns `numeric(10,2)`. */
  readonly amount: string;
  readonly currency: string;
  /** `YYYY-MM-DD`. */
  readonly entry_date: string | null;
  /** ISO 8601 in UTC. */
  readonly webhook_received_at: string;
}

export type EventKind = 'new' | 'further' | 'redelivery' | 'edit';

export interface TraceEvent {
  /** Minute since the start of the trace. */
  readonly step: number;
  readonly kind: EventKind;
  readonly customer: Customer;
  /** The row as it stands after the event. */
  readonly order: TraceOrder;
}

export interface Customer {
  readonly number: number;
  /** What every spelling of the phone means, in digits; null for a phone that means nothing. */
  readonly phone: string | null;
  readonly spellings: readonly [PhoneSpelling, ...PhoneSpelling[]];
  readonly hasWhatsApp: boolean;
}
