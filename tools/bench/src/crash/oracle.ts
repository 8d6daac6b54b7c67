import type { ContractName } from '../bench/contract.ts';
import { holdsFields } from '../bench/judge.ts';
import type { SeenCreate } from '../bench/service/messages.ts';
import { expectedFields } from '../bench/trace/expected-contacts.ts';
import { allBut, atMost, type Check, exactly, none } from '../host/checks.ts';
import type { EndState, OrderAtRest } from './read-end-state.ts';

/** What the oracle knows from elsewhere than our packages. */
export interface Expectation {
  readonly contract: ContractName;
  /** What a text in the phone column means, in digits; a text that is not here means nothing. */
  readonly meaning: ReadonlyMap<string, string>;
  readonly withoutWhatsApp: ReadonlySet<string>;
  readonly orders: number;
  /** Workers killed. */
  readonly kills: number;
}

type Fate = 'bad_phone' | 'ineligible' | 'eligible';

function fateOf(order: OrderAtRest, { meaning }: Expectation): Fate {
  if (!meaning.has(order.client_phone)) return 'bad_phone';
  return order.whatsapp_alerts_enabled && !order.order_id.endsWith('-TEST') ? 'eligible' : 'ineligible';
}

function statusesOf(order: OrderAtRest, expectation: Expectation): readonly string[] {
  const fate = fateOf(order, expectation);
  if (fate === 'bad_phone') return ['failed'];
  if (fate === 'ineligible') return ['skipped'];
  const phone = expectation.meaning.get(order.client_phone) ?? '';
  // On v1.1 nobody can tell that a phone has no WhatsApp.
  if (!expectation.withoutWhatsApp.has(phone)) return ['synced'];
  return expectation.contract === 'plan' ? ['no_whatsapp'] : ['synced', 'no_whatsapp'];
}

/** Newest by time of receipt, then by order id, bytewise. */
function isNewer(left: OrderAtRest, right: OrderAtRest): boolean {
  return left.webhook_received_at === right.webhook_received_at
    ? left.order_id > right.order_id
    : left.webhook_received_at > right.webhook_received_at;
}

/** The newest eligible order of each phone: what its contact must hold. */
function newestByPhone(orders: readonly OrderAtRest[], expectation: Expectation): Map<string, OrderAtRest> {
  const newest = new Map<string, OrderAtRest>();
  for (const order of orders) {
    const phone = expectation.meaning.get(order.client_phone);
    if (phone === undefined || fateOf(order, expectation) !== 'eligible') continue;
    const known = newest.get(phone);
    if (known === undefined || isNewer(order, known)) newest.set(phone, order);
  }
  return newest;
}

/** Creates whose answer could not tell the client what became of them. */
export function isUnclear({ fault }: SeenCreate): boolean {
  return fault !== null && fault !== 'latency' && fault !== 'slow_body' && fault !== 'rate_limited';
}

function checkCreates(creates: readonly SeenCreate[], kills: number): Check[] {
  const clear = new Map<string | null, number>();
  const carriedOut = new Map<string | null, number>();
  for (const { phone, status, carriedOut: worked } of creates) {
    const succeeded = worked && (status === 200 || status === 201);
    clear.set(phone, (clear.get(phone) ?? 0) + (succeeded ? 1 : 0));
    carriedOut.set(phone, (carriedOut.get(phone) ?? 0) + (worked ? 1 : 0));
  }
  // Every create after the first that took effect met a contact, whatever its answer said.
  const conflicts = [...carriedOut.values()].reduce((sum, times) => sum + Math.max(0, times - 1), 0);
  const unclear = creates.filter(isUnclear).length;
  return [
    atMost('effective creates of one phone', Math.max(0, ...clear.values()), 1),
    atMost('conflicts (kills + unclear creates)', conflicts, kills + unclear),
  ];
}

const idsOf = (orders: readonly OrderAtRest[]) => orders.map(({ order_id }) => order_id);

function checkOrders(orders: readonly OrderAtRest[], expectation: Expectation): Check[] {
  const groups: Readonly<Record<Fate, string>> = {
    eligible: 'eligible orders synced or no_whatsapp',
    bad_phone: 'orders with a bad phone failed',
    ineligible: 'ineligible orders skipped',
  };
  const fates: readonly Fate[] = ['eligible', 'bad_phone', 'ineligible'];
  return fates.map((fate) => {
    const group = orders.filter((order) => fateOf(order, expectation) === fate);
    const wrong = group.filter((order) => !statusesOf(order, expectation).includes(order.status));
    return allBut(groups[fate], group.length, idsOf(wrong));
  });
}

/** Compares what is with what must be; computes no phone and no field by our code. */
export function judgeEndState(end: EndState, expectation: Expectation): Check[] {
  const newest = newestByPhone(end.orders, expectation);
  const found = new Map(end.contacts.map((contact) => [contact.id, contact]));
  const missing = [...newest].filter(([phone]) => !found.has(phone));
  const surplus = [...found.keys()].filter((phone) => !newest.has(phone));
  const differing = [...newest].filter(([phone, order]) => {
    const contact = found.get(phone);
    return contact !== undefined && !holdsFields(contact, expectedFields(order), expectation.contract);
  });
  const inStatus = (status: string) => idsOf(end.orders.filter((order) => order.status === status));
  const newestOf = (entries: readonly (readonly [string, OrderAtRest])[]) =>
    idsOf(entries.map(([, order]) => order));
  return [
    exactly('orders', end.orders.length, expectation.orders),
    ...checkOrders(end.orders, expectation),
    none('orders syncing', inStatus('syncing')),
    none('orders pending', inStatus('pending')),
    exactly('leases held', end.heldLeases, 0),
    none('contacts missing', newestOf(missing)),
    exactly('contacts not expected', surplus.length, 0),
    none('contacts that differ from their newest order', newestOf(differing)),
    ...checkCreates(end.creates, expectation.kills),
    exactly('requests or answers against the contract', end.violations, 0),
  ];
}
