import type { Random } from './random.ts';
import type { Customer, TraceOrder } from './trace-event.ts';

type Choices = readonly [string, ...string[]];
const countries: Choices = [
  'india',
  'canada',
  'morocco',
  'vietnam',
  'usa',
  'korea',
  'togo',
  'uk',
  'sri_lanka',
];
const docTypes: readonly [string | null, ...(string | null)[]] = ['evisa', 'eta', 'visa', null];
const urgencies: Choices = ['none', 'few_hours', 'next_day', '1_2_days', '3_days', '5_days'];
const branches: readonly [Branch, ...Branch[]] = [
  { name: 'il', currency: 'ILS' },
  { name: 'ru', currency: 'RUB' },
  { name: 'se', currency: 'SEK' },
  { name: 'co', currency: 'USD' },
  { name: 'kz', currency: 'KZT' },
];

interface Branch {
  readonly name: string;
  readonly currency: string;
}

const dayMs = 86_400_000;

/** Columns that an edit or a further order may change, each with a draw that differs from what stood there. */
const draws = {
  product_country: (random: Random, order: TraceOrder) => ({
    product_country: other(random, countries, order.product_country),
  }),
  product_doc_type: (random: Random, order: TraceOrder) => ({
    product_doc_type: other(random, docTypes, order.product_doc_type),
  }),
  visa_quantity: (random: Random, order: TraceOrder) => ({
    visa_quantity: ((order.visa_quantity + random.integer(0, 8)) % 10) + 1,
  }),
  urgency: (random: Random, order: TraceOrder) => ({ urgency: other(random, urgencies, order.urgency) }),
  amount: (random: Random, order: TraceOrder) => ({
    amount: (Number(order.amount) + random.integer(1, 20_000) / 100).toFixed(2),
  }),
  entry_date: (random: Random, order: TraceOrder) => ({
    entry_date: order.entry_date === null || random.chance(0.7) ? laterDate(random, order) : null,
  }),
};

type ChangeableColumn = keyof typeof draws;
const changeableColumns: readonly ChangeableColumn[] = [
  'product_country',
  'product_doc_type',
  'visa_quantity',
  'urgency',
  'amount',
  'entry_date',
];

function other<T>(random: Random, choices: readonly [T, ...T[]], current: T): T {
  let drawn = random.pick(choices);
  while (drawn === current) drawn = random.pick(choices);
  return drawn;
}

function laterDate(random: Random, order: TraceOrder): string {
  const from = Date.parse(order.entry_date ?? order.webhook_received_at);
  return new Date(from + random.integer(1, 90) * dayMs).toISOString().slice(0, 10);
}

/** Changes exactly `count` of the columns behind mapped fields. */
export function changeColumns(random: Random, order: TraceOrder, count: number): TraceOrder {
  let changed = order;
  for (const column of random.shuffle(changeableColumns).slice(0, count)) {
    changed = { ...changed, ...draws[column](random, changed) };
  }
  return changed;
}

export interface Arrival {
  /** Number of the order over the whole trace. */
  readonly number: number;
  readonly receivedAtMs: number;
}

export function drawFirstOrder(random: Random, customer: Customer, arrival: Arrival): TraceOrder {
  const branch = random.pick(branches);
  const order: TraceOrder = {
    ...identity(branch.name, arrival),
    branch: branch.name,
    client_name: `Customer ${customer.number}`,
    client_email: `customer.${customer.number}@example.test`,
    client_phone: random.pick(customer.spellings),
    whatsapp_alerts_enabled: true,
    product_country: random.pick(countries),
    product_doc_type: random.pick(docTypes),
    visa_quantity: random.integer(1, 10),
    urgency: random.pick(urgencies),
    amount: (random.integer(4_900, 250_000) / 100).toFixed(2),
    currency: branch.currency,
    entry_date: null,
  };
  return random.chance(0.8) ? { ...order, entry_date: laterDate(random, order) } : order;
}

/** Order id, form id and order date are new by nature; four more columns make the seven fields that change. */
export function drawFurtherOrder(
  random: Random,
  customer: Customer,
  previous: TraceOrder,
  arrival: Arrival,
): TraceOrder {
  const next = changeColumns(random, previous, 4);
  return { ...next, ...identity(previous.branch, arrival), client_phone: random.pick(customer.spellings) };
}

function identity(branch: string, { number, receivedAtMs }: Arrival) {
  const received = new Date(receivedAtMs).toISOString();
  return {
    order_id: `${branch.toUpperCase()}${received.slice(2, 10).replaceAll('-', '')}IN${number}`,
    form_id: `frm_${String(number).padStart(12, '0')}`,
    webhook_received_at: received,
  };
}
