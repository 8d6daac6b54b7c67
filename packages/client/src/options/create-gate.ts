import { createObserver } from '../observe/observer.ts';
import { alwaysClosed, type CircuitBreaker, createCircuitBreaker } from '../resilience/circuit-breaker.ts';
import type { Clock } from '../resilience/clock.ts';
import { createPause, type Pause } from '../resilience/pause.ts';
import { createSlidingWindowLimiter, type RateLimiter } from '../resilience/rate-limiter.ts';
import type { CommonSettings } from './settings.ts';

/** What a client and all that are derived from it keep to together. */
export interface SharedGate {
  readonly breaker: CircuitBreaker;
  readonly pause: Pause;
  readonly limiter: RateLimiter | null;
}

export function createGate({ circuitBreaker, rateLimit, hooks, logger, clock }: CommonSettings): SharedGate {
  const { onCircuitChange } = createObserver(hooks, logger);
  return {
    breaker:
      circuitBreaker === false ? alwaysClosed : createCircuitBreaker(circuitBreaker, clock, onCircuitChange),
    pause: createPause(clock),
    limiter: createLimiter(rateLimit, clock),
  };
}

function createLimiter(rateLimit: CommonSettings['rateLimit'], clock: Clock): RateLimiter | null {
  if (rateLimit === undefined || rateLimit === false) return null;
  if ('acquire' in rateLimit) return rateLimit;
  return createSlidingWindowLimiter({ limit: rateLimit.requestsPerMinute, windowMs: 60_000, clock });
}
