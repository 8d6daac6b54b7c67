import { Redis } from 'ioredis';
import { Pool } from 'pg';
import type { SharedRateLimiterOptions } from '../src/index.ts';

const { REDIS_URL: redisUrl, DATABASE_URL: databaseUrl } = process.env;

/** The store of a process that a test starts: Redis where its URL is given, else Postgres. */
export function openStore(): { store: SharedRateLimiterOptions['store']; close: () => Promise<unknown> } {
  if (redisUrl !== undefined) {
    const redis = new Redis(redisUrl);
    return { store: redis, close: () => redis.quit() };
  }
  const pool = new Pool({ connectionString: databaseUrl, max: 2 });
  return { store: pool, close: () => pool.end() };
}
