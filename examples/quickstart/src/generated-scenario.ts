import { buildViziWebhook, type ContractName, type ViziWebhook } from '@visanet/cbb-testkit';
import { expectedFields, expectedOrder, type Fate, makesContact } from './expected-contacts.ts';
import { inventPerson, type Person } from './generated-people.ts';
import {
  type Delivery,
  type ExpectedFields,
  type ExpectedOrder,
  receivedAt,
  type Scenario,
} from './scenario.ts';

/** A repeatable number from 0 up to `below` for each question asked of a seed. */
function draw(seed: number, question: number, below: number): number {
  let mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(question + 1, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
}

/**
 * Orders of about half as many customers, each spelling his phone in several ways, among them orders without a usable
 * phone, test orders and customers who want no alerts. How they must end is known here, where they are invented: no
 * phone is parsed and no order is mapped to find it out.
 */
export function generatedScenario(count: number, seed: number, contract: ContractName): Scenario {
  const people = Array.from({ length: Math.ceil(count / 2) }, (_, index) => inventPerson(index));
  const deliveries: Delivery[] = [];
  const orders: Record<string, ExpectedOrder> = {};
  const contacts: Record<string, ExpectedFields> = {};

  for (let index = 0; index < count; index += 1) {
    const person = people[draw(seed, index, people.length)] ?? inventPerson(0);
    const fate = fateOf(draw(seed, index + count, 100));
    const webhook = inventWebhook(
      index,
      person,
      fate,
      draw(seed, index + 2 * count, person.spellings.length),
    );
    const delivery = { payload: webhook, receivedAt: receivedAt(index) };
    deliveries.push(delivery);
    orders[webhook.order.id] = expectedOrder(person, fate, contract);
    // A later delivery is a newer order, so the last one that makes a contact decides.
    if (makesContact(fate, contract)) {
      contacts[person.phone] = expectedFields(webhook, delivery.receivedAt, contract);
    }
  }
  const silent = new Set(people.filter(({ hasWhatsApp }) => !hasWhatsApp).map(({ phone }) => phone));
  return { deliveries, orders, contacts, hasWhatsApp: (phone) => !silent.has(phone) };
}

function fateOf(percent: number): Fate {
  if (percent < 3) return 'no_phone';
  if (percent < 5) return 'test_order';
  return percent < 10 ? 'no_alerts' : 'eligible';
}

function inventWebhook(index: number, person: Person, fate: Fate, spelling: number): ViziWebhook {
  const suffix = fate === 'test_order' ? '-TEST' : '';
  const phone = person.spellings[spelling] ?? person.spellings[0];
  const { order } = buildViziWebhook({}, { seed: index });
  return buildViziWebhook(
    {
      form: {
        client: {
          phone: fate === 'no_phone' ? '0000000000' : phone,
          whatsappAlertsEnabled: fate !== 'no_alerts',
        },
      },
      order: { id: `${order.id}${suffix}` },
    },
    { seed: index },
  );
}
