import { RateLimiterRedis, type RateLimiterStoreAbstract } from 'rate-limiter-flexible';

/** What is needed of an ioredis client. */
export interface RedisClient {
  defineCommand(name: string, definition: { readonly lua: string; readonly numberOfKeys?: number }): void;
  multi(): object;
  pttl(key: string): Promise<number>;
}

export function isRedisClient(value: unknown): value is RedisClient {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['defineCommand', 'multi', 'pttl'].every((name) => typeof Reflect.get(value, name) === 'function')
  );
}

// The library's own script counts in seconds, which is too coarse for one token at a time.
const countInMilliseconds = `
redis.call('set', KEYS[1], 0, 'PX', ARGV[2], 'NX')
local consumed = redis.call('incrby', KEYS[1], ARGV[1])
return { consumed, redis.call('pttl', KEYS[1]) }
`;

export function redisTokens(
  client: RedisClient,
  keyPrefix: string,
  spacingMs: number,
): RateLimiterStoreAbstract {
  return new RateLimiterRedis({
    storeClient: client,
    keyPrefix,
    points: 1,
    // Handed on to the script as it is, which reads it as milliseconds.
    duration: spacingMs,
    customIncrTtlLuaScript: countInMilliseconds,
  });
}
