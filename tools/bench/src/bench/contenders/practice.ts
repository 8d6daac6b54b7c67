import type { TraceEvent, TraceOrder } from '../trace/trace-event.ts';
import type { Contender, ServiceAccess } from './contender.ts';

/**
 * What is usually written for contract v1.1: read the contact, create it with actions when it is new, and otherwise
 * write each of the same fields singly. Once per order; an edit or a redelivery starts nothing.
 */
export function practice({ url, apiKey }: ServiceAccess): Contender {
  const seen = new Set<string>();
  let synced = 0;
  let fieldIds: Promise<Map<string, string>> | null = null;

  async function call(method: string, path: string, body?: string | URLSearchParams): Promise<unknown> {
    const isForm = body instanceof URLSearchParams;
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        'x-access-token': apiKey,
        'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
      },
      ...(body === undefined ? {} : { body }),
    });
    const answer: unknown = await response.json();
    if (property(answer, 'success') === false) throw new Error('The service refused a request.');
    return answer;
  }

  async function readFieldIds(): Promise<Map<string, string>> {
    const definitions = await call('GET', '/accounts/custom_fields');
    const list: unknown[] = Array.isArray(definitions) ? definitions : [];
    return new Map(list.map((field) => [String(property(field, 'name')), String(property(field, 'id'))]));
  }

  async function sync(phone: string, order: TraceOrder): Promise<void> {
    fieldIds ??= readFieldIds();
    const ids = await fieldIds;
    const fields = Object.entries(fieldTexts(order));
    const contact = await call('GET', `/contacts/${phone}`);
    if (property(contact, 'phone') !== phone) {
      const actions = fields.map(([name, value]) => ({ action: 'set_field_value', field_name: name, value }));
      const [firstName, ...rest] = order.client_name.split(' ');
      const identity = { phone, first_name: firstName, last_name: rest.join(' '), email: order.client_email };
      await call('POST', '/contacts', JSON.stringify({ ...identity, actions }));
      return;
    }
    for (const [name, value] of fields) {
      const path = `/contacts/${phone}/custom_fields/${ids.get(name)}`;
      await call('POST', path, new URLSearchParams({ value }));
    }
  }

  async function handle({ order, customer }: TraceEvent): Promise<void> {
    if (seen.has(order.order_id)) return;
    seen.add(order.order_id);
    if (customer.phone === null) return;
    await sync(customer.phone, order);
    synced += 1;
  }

  return {
    name: 'practice on v1.1',
    async workStep(events) {
      for (const event of events) await handle(event);
    },
    syncedOrders: () => synced,
  };
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

const unixSeconds = (moment: string) => String(Math.floor(Date.parse(moment) / 1_000));

/** Fields that have a value, as v1.1 takes them. */
function fieldTexts(order: TraceOrder): Record<string, string> {
  return {
    name: order.client_name,
    email: order.client_email,
    visa_country: order.product_country,
    visa_type: order.product_doc_type ?? 'tourist',
    visa_quantity: String(order.visa_quantity),
    urgency: order.urgency,
    total_paid: `${order.amount} ${order.currency}`,
    order_id: order.order_id,
    ...(order.entry_date === null ? {} : { entry_date: unixSeconds(order.entry_date) }),
    branch: order.branch,
    form_id: order.form_id,
    order_date: unixSeconds(order.webhook_received_at),
  };
}
