import type { QueueCapabilities } from '@visanet/cbb-queue';

/** The queue is the store: what the store remembers is not forgotten, and there is nothing else to look at. */
export const functionCapabilities: QueueCapabilities = Object.freeze({
  coalesces: true,
  keepsBackoff: false,
  transactionalEnqueue: false,
  /** As durable as the engine's store. */
  durable: true,
  sharedRateLimit: false,
  redrivable: false,
});
