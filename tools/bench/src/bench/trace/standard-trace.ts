import { changeColumns, drawFirstOrder, drawFurtherOrder } from './order-draw.ts';
import { createPhoneBook } from './phone-book.ts';
import { createRandom, type Random } from './random.ts';
import type { Customer, TraceEvent, TraceOrder } from './trace-event.ts';

export interface TraceOptions {
  readonly seed: number;
  readonly events: number;
}

const start = Date.parse('2025-08-01T00:00:00.000Z');
const stepMs = 60_000;
// Whole seconds: contracts and contenders keep no finer times in common.
const secondMs = 1_000;
const steps = 30 * 24 * 60;

/** Things that happen to one phone within one step. */
type Happening =
  | { readonly kind: 'new' | 'redelivery' | 'edit' }
  | { readonly kind: 'further'; readonly orders: number };

/** A customer with its orders as they stand; the last one is the newest. */
interface Known {
  readonly customer: Customer;
  readonly orders: TraceOrder[];
  lastStep: number;
}

/**
 * 30 days in steps of a minute: 60 % new customers, 25 % further orders (40 % of them in bursts of 3 to 20 on one
 * phone), 10 % exact redeliveries, 5 % edits. A phone has one happening per step, so that only a burst can merge.
 */
export function createStandardTrace({ seed, events }: TraceOptions): TraceEvent[] {
  const random = createRandom(seed);
  const customers = createPhoneBook(random, {
    customers: Math.round(events * 0.6),
    badPhones: Math.round(events * 0.6 * 0.03),
    withoutWhatsApp: Math.round(events * 0.6 * 0.04),
  });
  const happenings = scheduleHappenings(random, events);
  const moments = happenings.map(() => random.integer(0, steps - 1)).sort((left, right) => left - right);

  const trace: TraceEvent[] = [];
  const known: Known[] = [];
  let orderNumber = 0;
  let previousStep = -1;
  let withinStep = 0;

  const nextArrival = (step: number) => {
    withinStep = step === previousStep ? withinStep + 1 : 0;
    previousStep = step;
    orderNumber += 1;
    return { number: orderNumber, receivedAtMs: start + step * stepMs + withinStep * secondMs };
  };

  happenings.forEach((happening, index) => {
    const step = moments[index] ?? 0;
    if (happening.kind === 'new') {
      const customer = customers[known.length];
      if (customer === undefined) throw new Error('More new customers than people in the phone book.');
      const order = drawFirstOrder(random, customer, nextArrival(step));
      known.push({ customer, orders: [order], lastStep: step });
      trace.push({ step, kind: 'new', customer, order });
      return;
    }
    const subject = pickKnown(random, known, step);
    subject.lastStep = step;
    const { customer, orders } = subject;
    if (happening.kind === 'further') {
      for (let count = 0; count < happening.orders; count += 1) {
        const order = drawFurtherOrder(random, customer, newestOf(subject), nextArrival(step));
        orders.push(order);
        trace.push({ step, kind: 'further', customer, order });
      }
    } else if (happening.kind === 'edit') {
      const order = changeColumns(random, newestOf(subject), random.integer(1, 2));
      orders[orders.length - 1] = order;
      trace.push({ step, kind: 'edit', customer, order });
    } else {
      const order = orders[random.integer(0, orders.length - 1)] ?? newestOf(subject);
      trace.push({ step, kind: 'redelivery', customer, order });
    }
  });
  return trace;
}

function scheduleHappenings(random: Random, events: number): Happening[] {
  const further = Math.round(events * 0.25);
  const inBursts = Math.round(further * 0.4);
  const newCustomers = Math.round(events * 0.6);
  const opening = Math.min(newCustomers, 20);
  const repeat = (count: number, happening: Happening) => Array.from({ length: count }, () => happening);
  const rest: Happening[] = [
    ...repeat(newCustomers - opening, { kind: 'new' }),
    ...repeat(further - inBursts, { kind: 'further', orders: 1 }),
    ...burstSizes(random, inBursts).map((orders): Happening => ({ kind: 'further', orders })),
    ...repeat(Math.round(events * 0.1), { kind: 'redelivery' }),
    ...repeat(Math.round(events * 0.05), { kind: 'edit' }),
  ];
  // The first customers come first, so that there is somebody to order again.
  return [...repeat(opening, { kind: 'new' }), ...random.shuffle(rest)];
}

function burstSizes(random: Random, total: number): number[] {
  const sizes: number[] = [];
  let left = total;
  while (left > 0) {
    // The remainder must again be a burst of at least three.
    const size = left <= 20 ? left : Math.min(random.integer(3, 20), left - 3);
    sizes.push(size);
    left -= size;
  }
  return sizes;
}

function pickKnown(random: Random, known: readonly Known[], step: number): Known {
  const ready = known.filter((entry) => entry.customer.phone !== null && entry.lastStep < step);
  const subject = ready[random.integer(0, ready.length - 1)];
  if (subject === undefined) throw new Error('Nobody known yet in this step.');
  return subject;
}

function newestOf({ orders, customer }: Known): TraceOrder {
  const newest = orders.at(-1);
  if (newest === undefined) throw new Error(`Customer ${customer.number} has no order.`);
  return newest;
}
