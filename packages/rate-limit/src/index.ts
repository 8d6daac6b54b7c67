export type { Result, ResultAsync } from 'neverthrow';
export {
  createSharedRateLimiter,
  type SharedRateLimitAnswer,
  type SharedRateLimiter,
} from './create-shared-rate-limiter.ts';
export type { SharedRateLimiterOptions } from './options.ts';
export type { PostgresClient } from './postgres-tokens.ts';
export type { RedisClient } from './redis-tokens.ts';
export type { RateLimitStoreFailure } from './store-failure.ts';
export { ensureRateLimitTable, type RateLimitTable, rateLimitTableSql } from './table.ts';
