import type { Listener, PostgresStore } from '@visanet/cbb-postgres';
import type { QueueAdapter } from '@visanet/cbb-queue';
import type { ResultAsync } from 'neverthrow';
import type { HostError } from '../errors/host-error.ts';
import type { HostEvent } from '../events/host-event.ts';
import type { DriverErrorListener } from '../parts/driver-errors.ts';
import { openDirectClient } from '../parts/pool.ts';

interface Following {
  readonly postgres: PostgresStore<unknown>;
  readonly queue: Pick<QueueAdapter, 'enqueue'>;
  readonly directUrl: string;
  readonly delayMs: number;
  readonly tell: (event: HostEvent) => void;
  readonly tellDriver: DriverErrorListener;
}

/** Enqueues each order that the trigger announces, after a delay in which a burst on one phone can gather. */
export function followAnnouncedOrders(following: Following): ResultAsync<Listener, HostError> {
  const { postgres, queue, directUrl, delayMs, tell, tellDriver } = following;
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  async function enqueue(orderId: string): Promise<void> {
    timers.delete(orderId);
    const enqueued = await queue.enqueue(orderId);
    if (enqueued.isErr()) tell({ kind: 'announced-order-left', orderId, error: enqueued.error.kind });
  }

  return openDirectClient(directUrl, tellDriver).map((directClient) => {
    const listener = postgres.listen({
      directClient,
      onOrder(orderId) {
        if (timers.has(orderId)) return;
        timers.set(
          orderId,
          setTimeout(() => void enqueue(orderId), delayMs),
        );
      },
      onState: (state) => tell({ kind: 'announcements', state }),
    });
    return {
      async close() {
        for (const timer of timers.values()) clearTimeout(timer);
        timers.clear();
        await listener.close();
      },
    };
  });
}
