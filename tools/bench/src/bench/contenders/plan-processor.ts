import type { TraceEvent, TraceOrder } from '../trace/trace-event.ts';
import type { Contender, ServiceAccess } from './contender.ts';

type SyncStatus = 'pending' | 'syncing' | 'synced' | 'no_whatsapp' | 'failed';

/** A row of the plan's orders table: the phone is in digits already, as the plan takes for granted. */
interface OrderRow extends Omit<TraceOrder, 'client_phone'> {
  readonly client_phone: string;
  readonly cbb_sync_status: SyncStatus;
}

/** The plan's service, processor and trigger, written plainly; without the retries of its queue. */
export function planProcessor({ url, apiKey }: ServiceAccess): Contender {
  const orders = new Map<string, OrderRow>();

  function call(method: string, path: string, body?: object): Promise<Response> {
    return fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async function read(response: Response): Promise<unknown> {
    if (!response.ok) throw new Error(`The service answered ${response.status}.`);
    return response.json();
  }

  async function getContactById(id: string): Promise<unknown> {
    const response = await call('GET', `/contacts/${id}`);
    if (response.status !== 404) return read(response);
    await response.arrayBuffer();
    return null;
  }

  async function validateWhatsApp(phone: string): Promise<boolean> {
    try {
      const answer = await read(await call('GET', `/contacts/${phone}/validate-whatsapp`));
      return typeof answer === 'object' && answer !== null && Reflect.get(answer, 'hasWhatsApp') === true;
    } catch {
      return false;
    }
  }

  async function handleContactSync(orderId: string): Promise<void> {
    const order = orders.get(orderId);
    if (order === undefined) throw new Error('Order not found');
    if (order.cbb_sync_status === 'synced') return;
    const update = (status: SyncStatus) => orders.set(orderId, { ...order, cbb_sync_status: status });
    update('syncing');
    try {
      const cufs = prepareFields(order);
      const { client_phone: id } = order;
      if ((await getContactById(id)) !== null) {
        await read(await call('PATCH', `/contacts/${id}`, { customFields: cufs }));
      } else {
        const identity = { id, phone: id, name: order.client_name, email: order.client_email };
        // The contract takes no null in a new contact; the plan's own body would be refused.
        const filled = Object.fromEntries(Object.entries(cufs).filter(([, value]) => value !== null));
        await read(await call('POST', '/contacts', { ...identity, customFields: filled }));
      }
      update((await validateWhatsApp(id)) ? 'synced' : 'no_whatsapp');
    } catch {
      update('failed');
    }
  }

  /** A job for each new order; a redelivery finds its row, and an edit changes it without a job. */
  function createOrder({ order, customer, kind }: TraceEvent): string[] {
    const known = orders.get(order.order_id);
    const phone = customer.phone ?? digitsOf(order.client_phone);
    orders.set(order.order_id, {
      ...order,
      client_phone: phone,
      cbb_sync_status: known?.cbb_sync_status ?? 'pending',
    });
    return known === undefined && kind !== 'edit' ? [order.order_id] : [];
  }

  return {
    name: "the plan's processor",
    async workStep(events) {
      for (const orderId of events.flatMap(createOrder)) await handleContactSync(orderId);
    },
    syncedOrders: () =>
      [...orders.values()].filter(({ cbb_sync_status }) => cbb_sync_status === 'synced').length,
  };
}

function prepareFields(order: OrderRow) {
  return {
    name: order.client_name,
    email: order.client_email,
    visa_country: order.product_country,
    visa_type: order.product_doc_type || 'tourist',
    visa_quantity: order.visa_quantity,
    urgency: order.urgency,
    total_paid: `${order.amount} ${order.currency}`,
    order_id: order.order_id,
    entry_date: order.entry_date,
    branch: order.branch,
    form_id: order.form_id,
    order_date: order.webhook_received_at,
  };
}

/** What the plan's transformer makes of a phone; the placeholder is its own. */
function digitsOf(phone: TraceOrder['client_phone']): string {
  const text = phone === null || typeof phone === 'string' ? (phone ?? '') : `${phone.code}${phone.number}`;
  return text.replace(/\D/g, '') || '0000000000';
}
