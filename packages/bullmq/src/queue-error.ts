import { errorCode, peerMissing, type QueueError, queueUnavailable } from '@visanet/cbb-queue';

/** Says what BullMQ threw, without a word of the original text. */
export function toQueueError(cause: unknown): QueueError {
  const message = cause instanceof Error ? cause.message : '';
  if (errorCode(cause) !== 'MODULE_NOT_FOUND' && !message.includes("'ioredis' package")) {
    return queueUnavailable('bullmq', 'Redis', cause);
  }
  return peerMissing('bullmq', message.includes('ioredis') ? 'ioredis' : 'bullmq');
}
