import type { GatewayError } from '../ports/contact-gateway.ts';
import { backoffMs } from './backoff.ts';
import type { FailureKind } from './sync-engine.ts';

/** What becomes of the job's own order after a call failed. */
export type FailureDecision =
  /** Counted; pending until the next attempt. */
  | { readonly kind: 'retry'; readonly failure: FailureKind; readonly afterMs: number }
  /** Not counted; pending. */
  | { readonly kind: 'defer'; readonly failure: FailureKind; readonly afterMs: number }
  | { readonly kind: 'stop'; readonly failure: 'unauthorized'; readonly afterMs: number }
  | { readonly kind: 'failed'; readonly failure: FailureKind };

export interface FailureRules {
  readonly maxAttempts: number;
  readonly backoffBaseMs: number;
  readonly backoffMaxMs: number;
}

/** `attempts` are the failures counted before this one. */
export function decideFailure(
  error: GatewayError,
  failure: FailureKind,
  attempts: number,
  rules: FailureRules,
  random: () => number,
): FailureDecision {
  const askedMs = error.retryAfterMs ?? 0;
  // A rate limit in the middle of a write of several requests is no more the order's fault than one before it.
  switch (error.stoppedBy ?? error.kind) {
    case 'unauthorized':
      return { kind: 'stop', failure: 'unauthorized', afterMs: rules.backoffBaseMs };
    case 'rate_limited':
    case 'circuit_open':
      return { kind: 'defer', failure, afterMs: error.retryAfterMs ?? rules.backoffBaseMs };
    case 'aborted':
      return { kind: 'defer', failure, afterMs: askedMs };
    default:
      if (!error.retryable || attempts + 1 >= rules.maxAttempts) return { kind: 'failed', failure };
      return { kind: 'retry', failure, afterMs: Math.max(askedMs, backoffMs(attempts + 1, rules, random)) };
  }
}
