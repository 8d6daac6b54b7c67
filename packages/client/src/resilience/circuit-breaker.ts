import type { CircuitEvent } from '../observe/hooks.ts';
import type { Clock } from './clock.ts';

export interface CircuitBreakerPolicy {
  /** Failures in a row that open the circuit. */
  readonly failureThreshold: number;
  /** How long it stays open before one probe is let through. */
  readonly openMs: number;
}

/** `neutral` says nothing of the service's health: a rate limit, or a call that its caller ended. */
export type Verdict = 'success' | 'failure' | 'neutral';

export interface CircuitPermit {
  readonly settle: (verdict: Verdict) => void;
}

/** Per process; stops sending to a service that fails, and asks with a single probe whether it is back. */
export interface CircuitBreaker {
  /** 0 if a request would be let through now. */
  waitMs(): number;
  /** Null: not now. A permit must be settled. */
  enter(): CircuitPermit | null;
}

export const alwaysClosed: CircuitBreaker = {
  waitMs: () => 0,
  enter: () => ({ settle: () => undefined }),
};

/** `onChange` must not throw. */
export function createCircuitBreaker(
  policy: CircuitBreakerPolicy,
  clock: Clock,
  onChange: (event: CircuitEvent) => void = () => undefined,
): CircuitBreaker {
  let failures = 0;
  let openedAt: number | null = null;
  let probing = false;
  // Answers to requests from before a change of state say nothing about the state now.
  let generation = 0;

  const open = () => {
    openedAt = clock.now();
    generation += 1;
    onChange({ state: 'open' });
  };
  const close = () => {
    openedAt = null;
    failures = 0;
    generation += 1;
    onChange({ state: 'closed' });
  };
  const waitMs = () => {
    if (openedAt === null) return 0;
    return probing ? policy.openMs : Math.max(0, openedAt + policy.openMs - clock.now());
  };

  return {
    waitMs,
    enter() {
      if (waitMs() > 0) return null;
      const probe = openedAt !== null;
      const enteredGeneration = generation;
      if (probe) {
        probing = true;
        onChange({ state: 'half_open' });
      }
      return {
        settle(verdict) {
          if (generation !== enteredGeneration) return;
          if (probe) probing = false;
          if (verdict === 'success') {
            if (probe) close();
            failures = 0;
          } else if (verdict === 'failure') {
            failures += 1;
            if (probe || failures >= policy.failureThreshold) open();
          }
        },
      };
    },
  };
}
