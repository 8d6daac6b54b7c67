import type { ContractName, ViziWebhook } from '@visanet/cbb-testkit';
import type { Person } from './generated-people.ts';
import type { ExpectedFields, ExpectedOrder } from './scenario.ts';

/** What is special about an invented order. */
export type Fate = 'eligible' | 'no_phone' | 'test_order' | 'no_alerts';

/** On v1.1 a customer who wants no alerts is a contact whose field says so. */
export function makesContact(fate: Fate, contract: ContractName): boolean {
  return fate === 'eligible' || (fate === 'no_alerts' && contract === 'v1.1');
}

export function expectedOrder(person: Person, fate: Fate, contract: ContractName): ExpectedOrder {
  if (fate === 'no_phone') return { status: 'failed', phone: null };
  if (!makesContact(fate, contract)) return { status: 'skipped', phone: person.phone };
  // Contract v1.1 can say yes but never no: then it stays unknown.
  const synced = person.hasWhatsApp || contract === 'v1.1';
  return { status: synced ? 'synced' : 'no_whatsapp', phone: person.phone };
}

/** The fields of the contract, written down a second time: no mapping is asked for them. */
export function expectedFields(
  webhook: ViziWebhook,
  received: string,
  contract: ContractName,
): ExpectedFields {
  const { form, order } = webhook;
  const both = {
    visa_country: form.product.country,
    visa_type: form.product.docType,
    visa_quantity: form.quantity,
    entry_date: form.entry?.date ?? null,
    branch: order.branch,
    form_id: order.form_id,
  };
  return contract === 'plan'
    ? { ...both, ...ofPlan(webhook), order_date: received }
    : { ...both, ...ofV11(webhook), order_date_time: received };
}

function ofPlan({ form, order }: ViziWebhook): ExpectedFields {
  return {
    name: form.client.name,
    email: form.client.email,
    urgency: form.urgency,
    total_paid: `${order.amount.toFixed(2)} ${order.currency}`,
    order_id: order.id,
  };
}

const haste: ReadonlySet<string> = new Set(['few_hours', 'next_day']);

function ofV11({ form, order }: ViziWebhook): ExpectedFields {
  const urgent = haste.has(form.urgency);
  return {
    customer_name: form.client.name,
    OrderNumber: order.id,
    intent: form.product.intent,
    entries: form.product.entries,
    validity: form.product.validity,
    stay_limit: String(form.product.stay_limit),
    order_days: urgent ? 1 : form.product.wait,
    // The field holds shekels.
    order_sum: order.currency === 'ILS' ? order.amount : null,
    order_urgent: urgent,
    wa_alerts: form.client.whatsappAlertsEnabled,
  };
}
