export type * from '@visanet/cbb-queue';
export type { BullmqClasses, BullmqQueueLike } from './bullmq-types.ts';
export { bullmqCapabilities, createBullmqSync } from './create-bullmq-sync.ts';
export type { BullmqSyncOptions } from './options.ts';
