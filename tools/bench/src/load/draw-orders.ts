import { drawFirstOrder } from '../bench/trace/order-draw.ts';
import { createPhoneBook } from '../bench/trace/phone-book.ts';
import { createRandom } from '../bench/trace/random.ts';
import type { HostOrder } from '../host/orders-table.ts';

const firstReceivedAtMs = Date.UTC(2025, 7, 25, 9);
/** Three of five customers are new; the rest order again. */
const customersPerOrder = 0.6;

/** Eligible orders with good phones, in the order of their arrival. */
export function drawOrders(orders: number, seed: number): HostOrder[] {
  const random = createRandom(seed);
  const customers = Math.max(1, Math.round(orders * customersPerOrder));
  const people = createPhoneBook(random, { customers, badPhones: 0, withoutWhatsApp: 0 });
  return Array.from(
    { length: orders },
    (_, index) => people[index] ?? people[random.integer(0, customers - 1)],
  )
    .filter((customer) => customer !== undefined)
    .map((customer, number) => ({
      ...drawFirstOrder(random, customer, { number, receivedAtMs: firstReceivedAtMs + number * 1_000 }),
      client_phone: `+${customer.phone}`,
    }));
}
