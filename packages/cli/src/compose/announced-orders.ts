import type { Listener, PostgresStore } from '@visanet/cbb-postgres';
import type { QueueAdapter } from '@visanet/cbb-queue';
import type { EventLog } from '../output/event-log.ts';
import { directClient } from './database.ts';

/** Enqueues each order that the trigger announces, after a delay in which a burst on one phone can gather. */
export function followAnnouncedOrders(options: {
  readonly store: PostgresStore<unknown>;
  readonly adapter: QueueAdapter;
  readonly directUrl: string;
  readonly delayMs: number;
  readonly log: EventLog;
}): Listener {
  const { store, adapter, directUrl, delayMs, log } = options;
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  async function enqueue(orderId: string): Promise<void> {
    timers.delete(orderId);
    const enqueued = await adapter.enqueue(orderId);
    // The sweep finds it all the same.
    if (enqueued.isErr()) log.log('warn', 'enqueue-failed', { orderId, error: enqueued.error.kind });
  }

  const listener = store.listen({
    directClient: () => directClient(directUrl),
    onOrder(orderId) {
      if (timers.has(orderId)) return;
      timers.set(
        orderId,
        setTimeout(() => void enqueue(orderId), delayMs),
      );
    },
    onState: log.listen,
  });
  return {
    async close() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      await listener.close();
    },
  };
}
