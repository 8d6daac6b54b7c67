import { changeColumns, drawFirstOrder } from '../bench/trace/order-draw.ts';
import { createPhoneBook } from '../bench/trace/phone-book.ts';
import { createRandom, type Random } from '../bench/trace/random.ts';
import type { Customer } from '../bench/trace/trace-event.ts';
import type { OrderChange } from '../host/open-host.ts';
import type { HostOrder } from '../host/orders-table.ts';
import { badPhones, spellingsOf } from './phone-spellings.ts';

export interface ScriptOptions {
  readonly seed: number;
  readonly orders: number;
  readonly phones: number;
}

export interface ChangeScript {
  /** In the order in which the host makes them. */
  readonly changes: readonly OrderChange[];
  /** What each text in the phone column means, in digits; a text that is not here means nothing. */
  readonly meaning: ReadonlyMap<string, string>;
  /** Phones in digits. */
  readonly withoutWhatsApp: readonly string[];
}

/** Shares of all orders. */
const badPhoneShare = 0.03;
const testOrderShare = 0.02;
const alertsOffShare = 0.03;
/** Later changes, as shares of all orders. */
const editShare = 0.25;
const phoneEditShare = 0.06;
const redeliveryShare = 0.08;
const leftToSweepShare = 0.1;

const firstReceivedAtMs = Date.UTC(2025, 7, 25, 9);

/** Orders that each phone has at least, each spelled in another way. */
const ordersPerPhone = 3;

/** Fewest orders for so many phones. */
export function ordersNeeded(phones: number): number {
  return Math.ceil((phones * ordersPerPhone) / (1 - badPhoneShare));
}

interface Person {
  readonly phone: string;
  readonly customer: Customer;
  readonly spellings: readonly string[];
  used: number;
}

/** An order of the script with what later changes must know of it. */
interface Known {
  order: HostOrder;
  /** Stays eligible and with its phone, so that the contact of every phone has an order at the end. */
  readonly anchor: boolean;
}

/** Inserts, edits and redeliveries, all drawn from the seed. */
export function createChangeScript({ seed, orders, phones }: ScriptOptions): ChangeScript {
  const random = createRandom(seed);
  const people = inventPeople(random, phones);
  const known: Known[] = [];
  const enqueue = () => !random.chance(leftToSweepShare);

  const inserts = drawOwners(random, people, orders).map((person, index): OrderChange => {
    const first = person !== null && person.used === 0;
    const order = drawOrder(random, person, index, first);
    known.push({ order, anchor: first });
    return { kind: 'insert', order, enqueue: enqueue() };
  });

  const changes: OrderChange[] = [];
  // They start after the first quarter of the inserts. Half of them meet an order in the middle of its first sync.
  const later = random.shuffle([
    ...Array.from({ length: Math.round(orders * editShare) }, () => editFields),
    ...Array.from({ length: Math.round(orders * phoneEditShare) }, () => editPhone),
    ...Array.from({ length: Math.round(orders * redeliveryShare) }, () => redeliver),
  ]);
  const perInsert = later.length / (inserts.length * 0.75);
  for (const [index, insert] of inserts.entries()) {
    changes.push(insert);
    const owed = Math.floor((index + 1 - inserts.length / 4) * perInsert);
    for (let made = changes.length - index - 1; made < owed; made += 1) {
      const oldest = random.chance(0.5) ? Math.max(0, index - 3) : 0;
      const target = known[random.integer(oldest, index)];
      const change = later[made];
      if (target !== undefined && change !== undefined) {
        changes.push({ ...change(random, target, people), enqueue: enqueue() });
      }
    }
  }
  return {
    changes,
    meaning: new Map(
      people.flatMap(({ phone, spellings }) => spellings.map((text) => [text, phone] as const)),
    ),
    withoutWhatsApp: people.flatMap(({ phone, customer }) => (customer.hasWhatsApp ? [] : [phone])),
  };
}

function inventPeople(random: Random, phones: number): Person[] {
  const withoutWhatsApp = Math.round(phones * 0.05);
  return createPhoneBook(random, { customers: phones, badPhones: 0, withoutWhatsApp }).flatMap((customer) => {
    const { phone } = customer;
    if (phone === null) return [];
    return [{ phone, customer, spellings: random.shuffle(spellingsOf(phone, customer)), used: 0 }];
  });
}

/** Whose each order is; null: somebody's without a usable phone. Every fourth person orders several times in a row. */
function drawOwners(random: Random, people: readonly Person[], orders: number): (Person | null)[] {
  const bad = Math.floor(orders * badPhoneShare);
  const others = Math.max(0, orders - bad - people.length * ordersPerPhone);
  const inRow = people.flatMap((person, index) => {
    const all = Array.from({ length: ordersPerPhone }, () => person);
    return index % 4 === 0 ? [all] : all.map((one) => [one]);
  });
  const more = Array.from({ length: others }, () => people[random.integer(0, people.length - 1)] ?? null);
  const nobody = Array.from({ length: bad }, () => null);
  return random.shuffle([...inRow, ...[...more, ...nobody].map((one) => [one])]).flat();
}

/** The next spelling of a person, so that each is used. */
function nextSpelling(person: Person): string {
  const spelling = person.spellings[person.used % person.spellings.length] ?? person.phone;
  person.used += 1;
  return spelling;
}

function drawOrder(random: Random, person: Person | null, index: number, anchor: boolean): HostOrder {
  const customer = person?.customer ?? {
    number: index,
    phone: null,
    spellings: badPhones,
    hasWhatsApp: false,
  };
  // Some arrive late: an older order after a newer one. Some are received in the same instant.
  const lateByMs = random.chance(0.15) ? random.integer(1, 60) * 10_000 : 0;
  const receivedAtMs = firstReceivedAtMs + Math.floor(index / 2) * 20_000 - lateByMs;
  const drawn = drawFirstOrder(random, customer, { number: index, receivedAtMs });
  const isTest = !anchor && random.chance(testOrderShare);
  return {
    ...drawn,
    order_id: isTest ? `${drawn.order_id}-TEST` : drawn.order_id,
    client_phone: person === null ? random.pick(badPhones) : nextSpelling(person),
    whatsapp_alerts_enabled: anchor || !random.chance(alertsOffShare),
  };
}

type Change = (random: Random, known: Known, people: readonly Person[]) => Omit<OrderChange, 'enqueue'>;

const editFields: Change = (random, known) => {
  const { client_phone } = known.order;
  const changed = changeColumns(random, known.order, random.integer(1, 3));
  // Alerts are only ever switched on: a contact whose newest order becomes ineligible stays as it happens to be.
  known.order = { ...changed, client_phone, whatsapp_alerts_enabled: true };
  return { kind: 'update', order: known.order };
};

/** To another person, to nobody, or spelled in another way. */
const editPhone: Change = (random, known, people) => {
  known.order = { ...known.order, client_phone: drawOtherPhone(random, known, people) };
  return { kind: 'update', order: known.order };
};

function drawOtherPhone(random: Random, { order, anchor }: Known, people: readonly Person[]): string {
  const owner = people.find(({ spellings }) => spellings.includes(order.client_phone));
  if (owner !== undefined && (anchor || random.chance(0.2))) return nextSpelling(owner);
  const person = people[random.integer(0, people.length - 1)];
  return person === undefined || random.chance(0.1) ? random.pick(badPhones) : nextSpelling(person);
}

const redeliver: Change = (_random, known) => ({ kind: 'insert', order: known.order });

/** In how many ways the phone with the fewest was written over the whole script. */
export function fewestSpellings({ changes, meaning }: ChangeScript): number {
  const written = new Map<string, Set<string>>();
  for (const { order } of changes) {
    const phone = meaning.get(order.client_phone);
    if (phone === undefined) continue;
    written.set(phone, (written.get(phone) ?? new Set()).add(order.client_phone));
  }
  return Math.min(...[...written.values()].map(({ size }) => size));
}
