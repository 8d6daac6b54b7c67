import { drawFirstOrder } from '../bench/trace/order-draw.ts';
import { createRandom } from '../bench/trace/random.ts';
import type { HostOrder } from '../host/orders-table.ts';

const firstReceivedAtMs = Date.UTC(2025, 7, 25, 9);

/** A phone of a range that is reserved for fiction; those of the first 1000 numbers are valid. */
export const phoneOf = (number: number) => `97250000${String(number).padStart(4, '0')}`;

/** Eligible orders in the order of their arrival; `phone` tells the phone of each by its number. */
export function drawOrders(from: number, count: number, phone: (number: number) => string): HostOrder[] {
  const random = createRandom(from + 1);
  return Array.from({ length: count }, (_, index) => {
    const number = from + index;
    const spelling = `+${phone(number)}`;
    const customer = { number, phone: phone(number), spellings: [spelling], hasWhatsApp: true } as const;
    const arrival = { number, receivedAtMs: firstReceivedAtMs + number * 1_000 };
    return { ...drawFirstOrder(random, customer, arrival), client_phone: spelling };
  });
}
