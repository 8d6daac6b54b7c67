import { isRetryable } from '../errors/create-error.ts';
import type { Failure } from '../errors/failure.ts';
import { backoffDelayMs, type RetryPolicy } from './backoff.ts';
import { isRepeatable, type Operation } from './operation.ts';

export type RetryDecision =
  | { readonly kind: 'retry'; readonly delayMs: number }
  | { readonly kind: 'give_up' };

const transient: ReadonlySet<Failure['kind']> = new Set([
  'network',
  'timeout',
  'unavailable',
  'rate_limited',
]);

/** Whether a failed request is sent again, and when: never earlier than the service asked, never past the budget. */
export function decideRetry(input: {
  readonly failure: Failure;
  readonly operation: Operation;
  readonly attempt: number;
  readonly policy: RetryPolicy;
  readonly random: () => number;
  readonly remainingMs: number;
  readonly maxWaitMs: number;
}): RetryDecision {
  const { failure, operation, attempt, policy, random, remainingMs, maxWaitMs } = input;
  const askedMs = failure.retryAfterMs ?? 0;
  const worthwhile = transient.has(failure.kind) && isRetryable(failure) && isRepeatable(operation);
  if (!worthwhile || attempt >= policy.attempts || askedMs > maxWaitMs) return { kind: 'give_up' };
  const delayMs = Math.max(askedMs, backoffDelayMs(policy, attempt, random));
  return delayMs < remainingMs ? { kind: 'retry', delayMs } : { kind: 'give_up' };
}
