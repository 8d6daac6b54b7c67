import type { RateLimiter } from '@visanet/cbb-client';
import {
  createSharedRateLimiter,
  type PostgresClient,
  type RateLimitStoreFailure,
  type RedisClient,
} from '@visanet/cbb-rate-limit';
import type { HostEvent } from '../events/host-event.ts';

const quietMs = 60_000;

interface SharedLimit {
  /** What the service counts by; only its hash reaches the store. */
  readonly key: string;
  readonly requestsPerMinute: number;
  readonly store: RedisClient | PostgresClient;
}

/** One limit for all processes that share the store and the key. */
export function sharedRateLimiter(limit: SharedLimit, tell: (event: HostEvent) => void): RateLimiter {
  return createSharedRateLimiter({ ...limit, onStoreFailure: oncePerMinute(tell) });
}

/** Every order that waits asks again each second. */
function oncePerMinute(tell: (event: HostEvent) => void) {
  let toldAt = Number.NEGATIVE_INFINITY;
  return ({ kind, store, message }: RateLimitStoreFailure): void => {
    if (performance.now() - toldAt < quietMs) return;
    toldAt = performance.now();
    tell({
      kind: 'rate-limit-failed',
      store,
      cause: kind,
      message:
        kind === 'table_missing'
          ? 'no request is sent: the table of the rate limit is missing; run cbb migrate'
          : `no request is sent, because the rate limit cannot be asked: ${message}`,
    });
  };
}
