import type { QueueCapabilities } from './queue-adapter.ts';

/** Of a queue on a server that keeps jobs, also those that ended for good; what differs is given. */
export function jobQueueCapabilities(
  particular: Pick<QueueCapabilities, 'transactionalEnqueue' | 'sharedRateLimit'>,
): QueueCapabilities {
  return { coalesces: true, keepsBackoff: true, durable: true, redrivable: true, ...particular };
}
