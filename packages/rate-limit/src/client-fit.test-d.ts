import type { RateLimiter } from '@visanet/cbb-client';
import type { Redis } from 'ioredis';
import type { Pool } from 'pg';
import { createSharedRateLimiter, type PostgresClient, type RedisClient } from './index.ts';

// This package and the client know nothing of each other: what the one offers must be what the other asks for.
export const fitsTheClient = (store: Redis | Pool): RateLimiter =>
  createSharedRateLimiter({ key: '1000001', requestsPerMinute: 90, store });
export const ioredisFits = (redis: Redis): RedisClient => redis;
export const poolFits = (pool: Pool): PostgresClient => pool;

const store: PostgresClient = { query: async () => ({ rows: [] }) };
// @ts-expect-error an option that does not exist
createSharedRateLimiter({ key: '1', requestsPerMinute: 90, store, requests: 1 });
