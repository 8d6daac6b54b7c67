import { err, ok, type Result } from 'neverthrow';
import type { Failure } from '../errors/failure.ts';
import { expecting, headerRule, members } from '../options/rules.ts';
import { longestDelayMs } from './clock.ts';

/** What one call does differently; what is left out comes from the client's options. */
export interface CallOptions {
  /** Ends the call at any time, also while it waits. */
  readonly signal?: AbortSignal;
  /** The whole call, waits and retries included, ends within this time, in milliseconds. */
  readonly deadlineMs?: number;
  /** Limit of each request of the call, its body included, in milliseconds. */
  readonly timeoutMs?: number;
  /**
   * A longer wait for a rate limit or an open circuit is not waited out: the error carries `retryAfterMs`. In
   * milliseconds.
   */
  readonly maxWaitMs?: number;
  /** Sent with each request of the call, over the client's own; they cannot replace what the client sets itself. */
  readonly headers?: Readonly<Record<string, string>>;
}

const aTime = (minimum: number) =>
  expecting(
    'a time in milliseconds',
    (value) => typeof value === 'number' && value >= minimum && value <= longestDelayMs,
  );

const rules = () =>
  members({
    signal: expecting('an AbortSignal', isAbortSignal),
    deadlineMs: aTime(Number.NEGATIVE_INFINITY),
    timeoutMs: aTime(Number.MIN_VALUE),
    maxWaitMs: aTime(0),
    headers: headerRule,
  });

function isAbortSignal(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'aborted' in value && 'addEventListener' in value;
}

export interface CallLimits {
  readonly deadlineMs: number;
  readonly maxWaitMs: number;
  readonly timeoutMs: number;
}

export interface CallSettings extends CallLimits {
  readonly signal?: AbortSignal;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

export function readCallOptions(
  options: CallOptions | undefined,
  defaults: CallLimits,
): Result<CallSettings, Failure> {
  const problems = rules()(options ?? {}, '');
  if (problems.length > 0) {
    // Of a header only that it is one: its name may come from outside.
    const told = new Set(problems.map((problem) => (problem.startsWith('headers') ? 'headers' : problem)));
    return err({ kind: 'invalid_request', reason: `unusable call options: ${[...told].join('; ')}` });
  }
  const { signal, deadlineMs, maxWaitMs, timeoutMs, headers = {} } = options ?? {};
  return ok({
    ...(signal === undefined ? {} : { signal }),
    deadlineMs: deadlineMs ?? defaults.deadlineMs,
    maxWaitMs: maxWaitMs ?? defaults.maxWaitMs,
    timeoutMs: timeoutMs ?? defaults.timeoutMs,
    headers: lowerCased(headers),
  });
}

/** One spelling of each name, so that a later one takes the place of an earlier one. */
export function lowerCased(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
