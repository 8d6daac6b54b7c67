import type { Tokens, TokenTimes } from './tokens.ts';

/** What is needed of an ioredis client. */
export interface RedisClient {
  eval(script: string, numberOfKeys: number, ...keysAndArguments: (string | number)[]): Promise<unknown>;
  pttl(key: string): Promise<number>;
}

export function isRedisClient(value: unknown): value is RedisClient {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['eval', 'pttl'].every((name) => typeof Reflect.get(value, name) === 'function')
  );
}

// The value is "whose turn it is|who took the last one". Time is the key's own time to live, which Redis counts: what
// the machines think of the time does not matter. The key lives for the grace after the next request can start.
const take = `
local me, spacing, grace = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local turn, last = string.match(redis.call('GET', KEYS[1]) or '|', '^(.*)|(.*)$')
turn, last = turn or '', last or ''
local left = redis.call('PTTL', KEYS[1]) - grace
if left <= 0 then
  if turn == '' or turn == me or (turn == last and me ~= last) then
    redis.call('SET', KEYS[1], '|' .. me, 'PX', spacing + grace)
    return 0
  end
  return math.max(1, left + grace)
end
if turn == '' or (turn == last and me ~= last) then
  redis.call('SET', KEYS[1], me .. '|' .. last, 'KEEPTTL')
end
return left
`;

const hold = `
local lasts = tonumber(ARGV[1]) + tonumber(ARGV[2])
if redis.call('PTTL', KEYS[1]) < lasts then
  redis.call('SET', KEYS[1], redis.call('GET', KEYS[1]) or '|', 'PX', lasts)
end
`;

export function redisTokens(
  client: RedisClient,
  asker: string,
  { spacingMs, graceMs, longestMs }: TokenTimes,
): Tokens {
  return {
    async take(key) {
      const waitMs = Number(await client.eval(take, 1, key, asker, spacingMs, graceMs));
      return Math.min(waitMs, longestMs);
    },
    async hold(key, durationMs) {
      await client.eval(hold, 1, key, Math.ceil(durationMs), graceMs);
    },
  };
}
