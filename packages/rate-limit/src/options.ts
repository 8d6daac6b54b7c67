import { isPostgresClient, type PostgresClient } from './postgres-tokens.ts';
import { isRedisClient, type RedisClient } from './redis-tokens.ts';
import type { RateLimitStoreFailure } from './store-failure.ts';
import { isTableName } from './table.ts';

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

type Rule = (value: unknown) => string | undefined;

const wholeNumber =
  (max: number): Rule =>
  (value) =>
    Number.isInteger(value) && Number(value) >= 1 && Number(value) <= max
      ? undefined
      : `must be a whole number from 1 to ${max}`;
const tableName: Rule = (value) =>
  isTableName(value) ? undefined : 'must be letters in lower case, digits and underscores';

const optional =
  (rule: Rule): Rule =>
  (value) =>
    value === undefined ? undefined : rule(value);

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
export function checkOptions(options: SharedRateLimiterOptions): void {
  const given = new Map<string, unknown>(Object.entries(options));
  const problems = [
    ...[...given.keys()]
      .filter((name) => !Object.hasOwn(rules, name))
      .map((name) => `${name}: unknown option`),
    ...Object.entries(rules).flatMap(([name, rule]) => {
      const problem = rule(given.get(name));
      return problem === undefined ? [] : [`${name}: ${problem}`];
    }),
    ...(isRedisClient(options.store)
      ? ['schema', 'table'].filter((name) => given.has(name)).map((name) => `${name}: is for Postgres only`)
      : []),
  ];
  if (problems.length > 0) throw new TypeError(`[cbb-rate-limit] invalid options: ${problems.join('; ')}`);
}
