import type { RateLimiterStoreAbstract } from 'rate-limiter-flexible';
import { hashKey } from './hash-key.ts';
import { checkOptions, type SharedRateLimiterOptions } from './options.ts';
import { postgresTokens } from './postgres-tokens.ts';
import { isRedisClient, redisTokens } from './redis-tokens.ts';
import { type RateLimitStoreFailure, toStoreFailure } from './store-failure.ts';
import { defaultTable } from './table.ts';
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
  /** Nobody who shares the limit is granted a request for this time. Rounded up to whole seconds; never shortens a pause. */
  pause(durationMs: number): Promise<void>;
}

const keyPrefix = 'cbb-rate-limit';
const retryStoreMs = 1_000;

/**
 * One limit for all processes that give the same key and the same store.
 *
 * Requests are granted one at a time and evenly spaced: a window that is counted from its start to its end would let
 * twice the limit through around the end.
 *
 * @throws TypeError that lists every unusable option
 */
export function createSharedRateLimiter(options: SharedRateLimiterOptions): SharedRateLimiter {
  checkOptions(options);
  const { storeTimeoutMs = 2_000, onStoreFailure } = options;
  const key = hashKey(options.key);
  const kind = isRedisClient(options.store) ? 'redis' : 'postgres';
  const tokens = tokensOf(options);

  const report = (error: unknown): void => {
    const failure: RateLimitStoreFailure = toStoreFailure(kind, error);
    onStoreFailure?.(failure);
  };

  return {
    async acquire() {
      try {
        await withTimeout(tokens.consume(key), storeTimeoutMs);
        return { granted: true };
      } catch (refusal) {
        const waitMs = waitMsOf(refusal);
        if (waitMs !== null) return { granted: false, waitMs, reason: 'limit_reached' };
        report(refusal);
        return { granted: false, waitMs: retryStoreMs, reason: 'store_unavailable' };
      }
    },
    async pause(durationMs) {
      try {
        const standing = await withTimeout(tokens.get(key), storeTimeoutMs);
        if ((standing?.msBeforeNext ?? 0) >= durationMs) return;
        await withTimeout(tokens.block(key, Math.ceil(durationMs / 1_000)), storeTimeoutMs);
      } catch (error) {
        report(error);
      }
    },
  };
}

function tokensOf(options: SharedRateLimiterOptions): RateLimiterStoreAbstract {
  const { store, schema = defaultTable.schema, table = defaultTable.table } = options;
  const spacingMs = Math.ceil(60_000 / options.requestsPerMinute);
  return isRedisClient(store)
    ? redisTokens(store, keyPrefix, spacingMs)
    : postgresTokens(store, { schema, table }, keyPrefix, spacingMs);
}

/** The library rejects with its result where the limit is reached, and with an error where the store failed. */
function waitMsOf(refusal: unknown): number | null {
  if (typeof refusal !== 'object' || refusal === null || !('msBeforeNext' in refusal)) return null;
  return Math.max(1, Number(refusal.msBeforeNext));
}
