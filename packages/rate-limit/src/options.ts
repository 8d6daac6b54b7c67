import { isPostgresClient, type PostgresClient } from './postgres-tokens.ts';
import { isRedisClient, type RedisClient } from './redis-tokens.ts';
import { optional, problemsOf, type Rule, refuse, tableName, wholeNumber } from './rules.ts';
import type { RateLimitStoreFailure } from './store-failure.ts';

export interface SharedRateLimiterOptions {
  /**
   * What the service counts by: the account id, or the API key. Whoever gives the same key shares the limit. Only its
   * hash reaches the store.
   */
  readonly key: string;
  /**
   * Requests in any 60 seconds, by all processes together. CBB allows 100; requests that are delayed on their way move
   * closer together, so leave some room: 90.
   */
  readonly requestsPerMinute: number;
  /** An ioredis client, or a `pg` pool; it may stand behind a pooler in transaction mode. */
  readonly store: RedisClient | PostgresClient;
  /** Postgres: schema of the table. @default 'public' */
  readonly schema?: string;
  /** Postgres: name of the table, see `ensureRateLimitTable`. @default 'cbb_rate_limits' */
  readonly table?: string;
  /** An answer of the store that takes longer counts as a failure, in milliseconds. @default 2000 */
  readonly storeTimeoutMs?: number;
  /** No pause that the service asks for counts as longer, in milliseconds. @default 300000 */
  readonly maxRetryAfterMs?: number;
  /** Hears why the store could not be asked; must not throw. */
  readonly onStoreFailure?: (failure: RateLimitStoreFailure) => void;
}

const rules: Readonly<Record<keyof SharedRateLimiterOptions, Rule>> = {
  key: (value) => (typeof value === 'string' && value !== '' ? undefined : 'must be a non-empty string'),
  // A token a millisecond is the finest that the stores can tell apart.
  requestsPerMinute: wholeNumber(60_000),
  store: (value) =>
    isRedisClient(value) || isPostgresClient(value) ? undefined : 'must be an ioredis client or a pool of pg',
  schema: optional(tableName),
  table: optional(tableName),
  storeTimeoutMs: optional(wholeNumber(60_000)),
  maxRetryAfterMs: optional(wholeNumber(86_400_000)),
  onStoreFailure: optional((value) => (typeof value === 'function' ? undefined : 'must be a function')),
};

/** Throws one `TypeError` that lists every problem; values are never repeated. */
export function checkOptions(options: SharedRateLimiterOptions | null | undefined): void {
  refuse([
    ...problemsOf(options, rules),
    ...(isRedisClient(options?.store)
      ? ['schema', 'table'].filter((name) => name in options).map((name) => `${name}: is for Postgres only`)
      : []),
  ]);
}
