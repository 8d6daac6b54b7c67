import type { QueueError } from '@visanet/cbb-sync';

/** Thrown where the queue itself is set up in a way that loses or doubles work; its text is ours. */
export class QueueMisconfigured extends Error {
  readonly kind = 'queue_misconfigured';
}

/** What PostgreSQL and pg-boss say when a person has to act, and what to do then. */
const remedies: Readonly<Record<string, string>> = {
  '42P01': "pg-boss's tables are missing. Start the instance with migrate on, or run its migration first.",
  '3F000': "pg-boss's schema is missing. Start the instance with migrate on, or run its migration first.",
  '42501': "the database role may not use pg-boss's tables. Grant it access.",
};

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Keeps of an unknown error only what cannot hold a host name, a password or customer data. */
export function toQueueError(cause: unknown): QueueError {
  if (isObject(cause) && 'kind' in cause && cause.kind === 'queue_misconfigured' && cause instanceof Error) {
    return { kind: 'queue_misconfigured', message: cause.message, retryable: false };
  }
  const message = cause instanceof Error ? cause.message : '';
  const code = isObject(cause) && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  const remedy = message.includes('Call start()')
    ? 'the pg-boss instance is not started, or stopped already. Await boss.start() first.'
    : remedies[code];
  if (remedy !== undefined) {
    return { kind: 'queue_misconfigured', message: `[cbb-sync] [pg-boss] ${remedy}`, retryable: false };
  }
  const reason = /^[A-Z0-9_]{3,32}$/.test(code) ? ` (${code})` : '';
  return {
    kind: 'queue_unavailable',
    message: `[cbb-sync] [pg-boss] Postgres did not answer${reason}. Check that it runs and can be reached.`,
    retryable: true,
  };
}
