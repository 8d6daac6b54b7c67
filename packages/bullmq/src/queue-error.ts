import { errorCode, type QueueError, queueUnavailable } from '@visanet/cbb-queue';

/** Says what BullMQ threw, without a word of the original text. */
export function toQueueError(cause: unknown): QueueError {
  const message = cause instanceof Error ? cause.message : '';
  if (errorCode(cause) !== 'MODULE_NOT_FOUND' && !message.includes("'ioredis' package")) {
    return queueUnavailable('bullmq', 'Redis', cause);
  }
  const missing = message.includes('ioredis') ? 'ioredis' : 'bullmq';
  return {
    kind: 'peer_missing',
    message: `[cbb-sync] [bullmq] The package ${missing} is not installed. Run: npm install ${missing}`,
    retryable: false,
  };
}
