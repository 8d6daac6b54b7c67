import { expecting, hasMethods, wholeNumber } from '../options/rules.ts';
import { checkOptions } from '../options/settings.ts';
import type { Clock } from './clock.ts';

export type RateLimitAnswer =
  | { readonly granted: true }
  /** Ask again after this time. */
  | { readonly granted: false; readonly waitMs: number };

/** Grants one request at a time. Share one between processes to stay under one limit together. */
export interface RateLimiter {
  acquire(): Promise<RateLimitAnswer>;
  /** Told when the service asks for a pause, so that others who share the limiter can wait too. */
  pause?(durationMs: number): void | Promise<void>;
}

const rules = () => ({
  limit: wholeNumber(1),
  windowMs: wholeNumber(1),
  clock: expecting('a Clock', (value) => hasMethods(value, 'now', 'schedule')),
});

/**
 * Grants at most `limit` requests in any window of `windowMs`, for one process. A sliding log and not a bucket:
 * a bucket of the same rate lets up to twice the limit through in one window.
 *
 * @throws TypeError that lists every problem of the options
 */
export function createSlidingWindowLimiter(options: {
  readonly limit: number;
  readonly windowMs: number;
  readonly clock: Clock;
}): RateLimiter {
  checkOptions(rules(), options, ['limit', 'windowMs', 'clock']);
  const { limit, windowMs, clock } = options;
  const granted: number[] = [];
  return {
    async acquire() {
      const now = clock.now();
      while (granted[0] !== undefined && now - granted[0] >= windowMs) granted.shift();
      const oldest = granted[0];
      if (oldest !== undefined && granted.length >= limit) {
        return { granted: false, waitMs: windowMs - (now - oldest) };
      }
      granted.push(now);
      return { granted: true };
    },
  };
}
