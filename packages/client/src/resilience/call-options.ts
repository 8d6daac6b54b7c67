import { err, ok, type Result } from 'neverthrow';
import * as z from 'zod/mini';
import type { Failure } from '../errors/failure.ts';
import { isFreeHeader, printable } from '../options/header-rules.ts';
import { once } from '../options/once.ts';
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

const schema = once(() => {
  const duration = z.number().check(z.maximum(longestDelayMs));
  return z.strictObject({
    signal: z.optional(z.custom<AbortSignal>(isAbortSignal)),
    deadlineMs: z.optional(duration),
    timeoutMs: z.optional(duration.check(z.positive())),
    maxWaitMs: z.optional(duration.check(z.minimum(0))),
    headers: z.optional(
      z.record(z.string().check(z.refine(isFreeHeader)), z.string().check(z.regex(printable))),
    ),
  });
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
  const parsed = schema().safeParse(options ?? {});
  if (!parsed.success) {
    const names = new Set(parsed.error.issues.flatMap(namesOf));
    return err({ kind: 'invalid_request', reason: `unusable call options: ${[...names].join(', ')}` });
  }
  const { signal, deadlineMs, maxWaitMs, timeoutMs, headers = {} } = parsed.data;
  return ok({
    ...(signal === undefined ? {} : { signal }),
    deadlineMs: deadlineMs ?? defaults.deadlineMs,
    maxWaitMs: maxWaitMs ?? defaults.maxWaitMs,
    timeoutMs: timeoutMs ?? defaults.timeoutMs,
    headers: lowerCased(headers),
  });
}

/** Of a header only that it is one: its name is text from outside. */
function namesOf(issue: z.core.$ZodIssue): readonly string[] {
  if (issue.code === 'unrecognized_keys' && issue.path.length === 0)
    return issue.keys.map((key) => JSON.stringify(key));
  return [String(issue.path[0] ?? 'no object')];
}

/** One spelling of each name, so that a later one takes the place of an earlier one. */
export function lowerCased(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
