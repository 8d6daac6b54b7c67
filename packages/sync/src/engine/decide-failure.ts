import type { GatewayError } from '../ports/contact-gateway.ts';
import type { OrderState } from '../ports/order-store.ts';
import { backoffMs } from './backoff.ts';
import { type FailureKind, failureKinds } from './sync-engine.ts';

/** What becomes of the job's own order after a call failed. */
export type FailureDecision =
  /** Counted; pending until the next attempt. `away`: the service did not answer as a service. */
  | {
      readonly kind: 'retry';
      readonly failure: FailureKind;
      readonly afterMs: number;
      readonly away: boolean;
    }
  /** Not counted; pending. */
  | { readonly kind: 'defer'; readonly failure: FailureKind; readonly afterMs: number }
  | { readonly kind: 'stop'; readonly failure: 'unauthorized'; readonly afterMs: number }
  | { readonly kind: 'failed'; readonly failure: FailureKind };

export interface FailureRules {
  readonly maxAttempts: number;
  readonly backoffBaseMs: number;
  readonly backoffMaxMs: number;
  readonly awayRetryMs: number;
  readonly awayForMs: number;
}

/** Counted failures before this one, the last of them, and since when the service is away. */
export type FailureHistory = Pick<OrderState, 'attempts' | 'reason' | 'failingForMs'>;

export function decideFailure(
  error: GatewayError,
  failure: FailureKind,
  before: FailureHistory,
  rules: FailureRules,
  random: () => number,
): FailureDecision {
  const { attempts, failingForMs } = before;
  const askedMs = error.retryAfterMs ?? 0;
  const awayTooLong = failingForMs !== null && failingForMs >= rules.awayForMs;
  // A rate limit in the middle of a write of several requests is no more the order's fault than one before it.
  switch (error.stoppedBy ?? error.kind) {
    case 'unauthorized':
      return { kind: 'stop', failure: 'unauthorized', afterMs: rules.backoffBaseMs };
    case 'circuit_open':
      if (awayTooLong && attempts >= rules.maxAttempts)
        return { kind: 'failed', failure: lastFailure(before.reason) };
      return { kind: 'defer', failure, afterMs: error.retryAfterMs ?? rules.backoffBaseMs };
    case 'rate_limited':
      return { kind: 'defer', failure, afterMs: error.retryAfterMs ?? rules.backoffBaseMs };
    case 'aborted':
      return { kind: 'defer', failure, afterMs: askedMs };
    default: {
      if (!error.retryable) return { kind: 'failed', failure };
      const away = isAway(error.stoppedBy ?? failure);
      const waitMs =
        attempts + 1 < rules.maxAttempts
          ? backoffMs(attempts + 1, rules, random)
          : rules.awayRetryMs * (0.5 + random());
      if (attempts + 1 >= rules.maxAttempts && (!away || awayTooLong)) return { kind: 'failed', failure };
      return { kind: 'retry', failure, afterMs: Math.max(askedMs, Math.round(waitMs)), away };
    }
  }
}

/** It is the service, and no order, that cannot be helped. */
function isAway(kind: FailureKind): boolean {
  return kind === 'network' || kind === 'unavailable' || kind === 'timeout';
}

/** The kind that a stored reason begins with. */
function lastFailure(reason: string | null): FailureKind {
  return failureKinds.find((kind) => kind === reason?.split(':')[0]) ?? 'unavailable';
}
