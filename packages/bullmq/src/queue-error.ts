import type { QueueError } from '@visanet/cbb-sync';

/** Thrown where Redis itself is set up in a way that loses jobs. */
const misconfigured = Symbol.for('@visanet/cbb-bullmq/misconfigured');

export class RedisMisconfigured extends Error {
  readonly [misconfigured] = true;
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Keeps of an unknown error only what cannot hold a host name, a password or customer data. */
export function toQueueError(cause: unknown): QueueError {
  const message = cause instanceof Error ? cause.message : '';
  if (isObject(cause) && misconfigured in cause) {
    return { kind: 'queue_misconfigured', message, retryable: false };
  }
  const code: unknown = isObject(cause) && 'code' in cause ? cause.code : undefined;
  if (code === 'MODULE_NOT_FOUND' || message.includes("'ioredis' package")) {
    const missing = message.includes('ioredis') ? 'ioredis' : 'bullmq';
    return {
      kind: 'peer_missing',
      message: `[cbb-sync] [bullmq] The package ${missing} is not installed. Run: npm install ${missing}`,
      retryable: false,
    };
  }
  const reason = typeof code === 'string' && /^[A-Z_]{3,32}$/.test(code) ? ` (${code})` : '';
  return {
    kind: 'queue_unavailable',
    message: `[cbb-sync] [bullmq] Redis did not answer${reason}. Check that it runs and can be reached.`,
    retryable: true,
  };
}
