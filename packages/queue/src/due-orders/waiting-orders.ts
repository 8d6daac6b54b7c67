import type { Clock } from '@visanet/cbb-sync';

/** Orders that this process enqueued and has not seen start. */
export interface WaitingOrders {
  /** False: it waits already. */
  add(orderId: string): boolean;
  delete(orderId: string): void;
}

const maxOrders = 10_000;

/** Bounded in number and time: another process may have worked an order long ago without a word to this one. */
export function createWaitingOrders(clock: Clock, maxAgeMs: number): WaitingOrders {
  const since = new Map<string, number>();
  return {
    add(orderId) {
      const known = since.get(orderId);
      if (known !== undefined && clock.now() - known < maxAgeMs) return false;
      since.delete(orderId);
      since.set(orderId, clock.now());
      const [oldest] = since.keys();
      if (since.size > maxOrders && oldest !== undefined) since.delete(oldest);
      return true;
    },
    delete: (orderId) => void since.delete(orderId),
  };
}
