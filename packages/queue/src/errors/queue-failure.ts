import { isObject } from '@visanet/cbb-sync';
import type { QueueError } from '../port/queue-adapter.ts';

const carried = Symbol.for('cbb-sync/queue-failure');

/** Thrown in a driver that knows its error already: the adapter answers with just this. */
export class QueueFailure extends Error {
  readonly [carried]: QueueError;

  constructor(error: QueueError) {
    super(error.message);
    this[carried] = error;
  }
}

function isQueueFailure(cause: unknown): cause is QueueFailure {
  return isObject(cause) && carried in cause;
}

/** The error of a `QueueFailure`; null for anything else that was thrown. */
export function failureOf(cause: unknown): QueueError | null {
  return isQueueFailure(cause) ? cause[carried] : null;
}

/** The `code` of an unknown error, unless it could hold a host name, a password or customer data. */
export function errorCode(cause: unknown): string | null {
  const code: unknown = isObject(cause) && 'code' in cause ? cause.code : null;
  return typeof code === 'string' && /^[A-Z0-9_]{3,32}$/.test(code) ? code : null;
}

/** How Redis and Postgres say that they do not let somebody in; nothing else of a message is read. */
const refusal = /^(WRONGPASS|NOAUTH|ERR AUTH)\b|^28(000|P01)$/;

function refusesEntry(cause: unknown): boolean {
  const words = isObject(cause) ? [Reflect.get(cause, 'code'), Reflect.get(cause, 'message')] : [];
  return words.some((word) => typeof word === 'string' && refusal.test(word));
}

/** Of the cause only its code is told. */
export function queueUnavailable(adapter: string, server: string, cause: unknown): QueueError {
  const code = errorCode(cause);
  const reason = code === null ? '' : ` (${code})`;
  const trouble = refusesEntry(cause)
    ? `${server} refuses the user or the password${reason}. Check both in its URL.`
    : `${server} did not answer${reason}. Check that it runs and can be reached.`;
  return { kind: 'queue_unavailable', message: `[cbb-sync] [${adapter}] ${trouble}`, retryable: true };
}

/** A package that the host must install is not there. */
export function peerMissing(adapter: string, name: string): QueueError {
  return {
    kind: 'peer_missing',
    message: `[cbb-sync] [${adapter}] The package ${name} is not installed. Run: npm install ${name}`,
    retryable: false,
  };
}

/** @param problem what is wrong and what to do about it, in sentences without customer data */
export function queueMisconfigured(adapter: string, problem: string): QueueError {
  return { kind: 'queue_misconfigured', message: `[cbb-sync] [${adapter}] ${problem}`, retryable: false };
}
