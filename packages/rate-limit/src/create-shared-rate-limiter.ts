import { randomUUID } from 'node:crypto';
import { hashKey } from './hash-key.ts';
import { checkOptions, type SharedRateLimiterOptions } from './options.ts';
import { postgresTokens } from './postgres-tokens.ts';
import { isRedisClient, redisTokens } from './redis-tokens.ts';
import { type RateLimitStoreFailure, toStoreFailure } from './store-failure.ts';
import { defaultTable } from './table.ts';
import { type Tokens, tokenTimes } from './tokens.ts';
import { withTimeout } from './with-timeout.ts';

export type SharedRateLimitAnswer =
  | { readonly granted: true }
  /** Ask again after this time. */
  | {
      readonly granted: false;
      readonly waitMs: number;
      readonly reason: 'limit_reached' | 'store_unavailable';
    };

/** Fits the option `rateLimit` of `createCbbClient`. */
export interface SharedRateLimiter {
  /** Grants one request, or tells when to ask again. Never rejects: a store that fails grants nothing. */
  acquire(): Promise<SharedRateLimitAnswer>;
  /** Nobody who shares the limit is granted a request for this time. Never shortens a pause; what is no finite time above 0 is none. */
  pause(durationMs: number): Promise<void>;
}

const keyPrefix = 'cbb-rate-limit';
const retryStoreMs = 1_000;

/**
 * One limit for all processes that give the same key and the same store.
 *
 * Requests are granted one at a time and evenly spaced: a window that is counted from its start to its end would let
 * twice the limit through around the end. All times are the store's. Who waits goes before the one who was granted the
 * last request, so that each process gets its share.
 *
 * @throws TypeError that lists every unusable option
 */
export function createSharedRateLimiter(options: SharedRateLimiterOptions): SharedRateLimiter {
  checkOptions(options);
  const { storeTimeoutMs = 2_000, maxRetryAfterMs = 300_000, onStoreFailure } = options;
  const key = `${keyPrefix}:${hashKey(options.key)}`;
  const kind = isRedisClient(options.store) ? 'redis' : 'postgres';
  const tokens = tokensOf(options, maxRetryAfterMs);

  const report = (error: unknown): void => {
    const failure: RateLimitStoreFailure = toStoreFailure(kind, error);
    onStoreFailure?.(failure);
  };

  return {
    async acquire() {
      try {
        const waitMs = await withTimeout(tokens.take(key), storeTimeoutMs);
        return waitMs === 0 ? { granted: true } : { granted: false, waitMs, reason: 'limit_reached' };
      } catch (error) {
        report(error);
        return { granted: false, waitMs: retryStoreMs, reason: 'store_unavailable' };
      }
    },
    async pause(durationMs) {
      if (!Number.isFinite(durationMs) || durationMs <= 0) return;
      try {
        await withTimeout(tokens.hold(key, Math.min(durationMs, maxRetryAfterMs)), storeTimeoutMs);
      } catch (error) {
        report(error);
      }
    },
  };
}

function tokensOf(options: SharedRateLimiterOptions, maxRetryAfterMs: number): Tokens {
  const { store, schema = defaultTable.schema, table = defaultTable.table } = options;
  const times = tokenTimes(options.requestsPerMinute, maxRetryAfterMs);
  // Only told apart from the others who share the limit.
  const asker = randomUUID();
  return isRedisClient(store)
    ? redisTokens(store, asker, times)
    : postgresTokens(store, { schema, table }, asker, times);
}
