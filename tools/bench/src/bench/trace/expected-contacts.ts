import type { TraceEvent, TraceOrder } from './trace-event.ts';

export type ExpectedFields = Readonly<Record<string, string | number>>;

export interface ExpectedContact {
  readonly name: string;
  readonly email: string;
  /** Custom fields that hold a value; every other one is empty. */
  readonly fields: ExpectedFields;
}

/** The plan's twelve fields of an order, written down again from the plan. */
export function expectedFields(order: TraceOrder): ExpectedFields {
  return {
    name: order.client_name,
    email: order.client_email,
    visa_country: order.product_country,
    visa_type: order.product_doc_type ?? 'tourist',
    visa_quantity: order.visa_quantity,
    urgency: order.urgency,
    total_paid: `${order.amount} ${order.currency}`,
    order_id: order.order_id,
    ...(order.entry_date === null ? {} : { entry_date: order.entry_date }),
    branch: order.branch,
    form_id: order.form_id,
    order_date: order.webhook_received_at,
  };
}

/** Each phone's contact at the end: newest order's fields, name and email as they were when it was created. */
export function expectedContacts(trace: readonly TraceEvent[]): Map<string, ExpectedContact> {
  const newest = new Map<string, TraceOrder>();
  const contacts = new Map<string, ExpectedContact>();
  for (const { kind, customer, order } of trace) {
    if (customer.phone === null || kind === 'redelivery') continue;
    const before = newest.get(customer.phone);
    if (before !== undefined && before.webhook_received_at > order.webhook_received_at) continue;
    newest.set(customer.phone, order);
    const created = contacts.get(customer.phone);
    contacts.set(customer.phone, {
      name: created?.name ?? order.client_name,
      email: created?.email ?? order.client_email,
      fields: expectedFields(order),
    });
  }
  return contacts;
}
