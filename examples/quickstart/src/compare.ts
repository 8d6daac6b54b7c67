import type { Scenario } from './scenario.ts';
import type { SyncResult } from './sync-scenario.ts';

/** One line per difference between what was expected and what is; without customer data. */
export function compare(scenario: Scenario, result: SyncResult): string[] {
  const known = new Set(Object.keys(scenario.orders));
  const unexpectedOrders = result.orders.filter(({ orderId }) => !known.has(orderId));
  const unexpectedContacts = [...result.contacts.keys()].filter((phone) => !(phone in scenario.contacts));
  return [
    ...Object.keys(scenario.orders).flatMap((orderId) => compareOrder(scenario, result, orderId)),
    ...unexpectedOrders.map(({ orderId }) => `order ${orderId}: not expected`),
    ...Object.keys(scenario.contacts).flatMap((phone) => compareContact(scenario, result, phone)),
    ...(unexpectedContacts.length === 0 ? [] : [`${unexpectedContacts.length} contacts are not expected`]),
  ];
}

function compareOrder(scenario: Scenario, result: SyncResult, orderId: string): string[] {
  const expected = scenario.orders[orderId];
  const order = result.orders.find((candidate) => candidate.orderId === orderId);
  if (expected === undefined || order === undefined) return [`order ${orderId}: missing`];
  return [
    ...(order.status === expected.status
      ? []
      : [`order ${orderId}: ${order.status}, not ${expected.status}`]),
    ...(order.phoneKey === expected.phone ? [] : [`order ${orderId}: stored with another phone`]),
  ];
}

function compareContact(scenario: Scenario, result: SyncResult, phone: string): string[] {
  const orders = Object.entries(scenario.orders).filter(([, order]) => order.phone === phone);
  const label = `contact of ${orders.map(([orderId]) => orderId).join(', ')}`;
  const contact = result.contacts.get(phone);
  if (contact === undefined) return [`${label}: missing`];
  const fields = new Map(Object.entries(contact));
  const wrong = Object.entries(scenario.contacts[phone] ?? {}).filter(
    ([name, value]) => (fields.get(name) ?? null) !== value,
  );
  return wrong.map(([name]) => `${label}: ${name} differs`);
}
