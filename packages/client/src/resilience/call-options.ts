import { err, ok, type Result } from 'neverthrow';
import * as z from 'zod';
import type { Failure } from '../errors/failure.ts';
import { longestDelayMs } from './clock.ts';

/** Limits of one call; what is left out comes from the client's options. */
export interface CallOptions {
  /** Ends the call at any time, also while it waits. */
  readonly signal?: AbortSignal;
  /** The whole call, waits and retries included, ends within this time. */
  readonly deadlineMs?: number;
  /** A longer wait for a rate limit or an open circuit is not waited out: the error carries `retryAfterMs`. */
  readonly maxWaitMs?: number;
}

const schema = z.strictObject({
  signal: z.custom<AbortSignal>(isAbortSignal, 'Invalid input: expected AbortSignal').optional(),
  deadlineMs: z.number().max(longestDelayMs).optional(),
  maxWaitMs: z.number().min(0).max(longestDelayMs).optional(),
});

function isAbortSignal(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'aborted' in value && 'addEventListener' in value;
}

export interface CallLimits {
  readonly deadlineMs: number;
  readonly maxWaitMs: number;
}

export function readCallOptions(
  options: CallOptions | undefined,
  defaults: CallLimits,
): Result<CallLimits & { readonly signal?: AbortSignal }, Failure> {
  const parsed = schema.safeParse(options ?? {});
  if (!parsed.success) {
    const names = new Set(parsed.error.issues.map((issue) => issue.path.join('.') || issue.message));
    return err({ kind: 'invalid_request', reason: `unusable call options: ${[...names].join(', ')}` });
  }
  const { signal, deadlineMs, maxWaitMs } = parsed.data;
  return ok({
    ...(signal === undefined ? {} : { signal }),
    deadlineMs: deadlineMs ?? defaults.deadlineMs,
    maxWaitMs: maxWaitMs ?? defaults.maxWaitMs,
  });
}
