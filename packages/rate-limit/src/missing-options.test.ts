import { expect, it } from 'vitest';
import { createSharedRateLimiter, ensureRateLimitTable, rateLimitTableSql } from './index.ts';

const pool = { query: async () => ({ rows: [] }) };
const needed = /invalid options: key: .*requestsPerMinute: .*store: must be/;

it.each<[string, object, readonly unknown[], RegExp]>([
  ['createSharedRateLimiter()', createSharedRateLimiter, [], needed],
  ['createSharedRateLimiter(null)', createSharedRateLimiter, [null], needed],
  ['createSharedRateLimiter({})', createSharedRateLimiter, [{}], needed],
  ['ensureRateLimitTable()', ensureRateLimitTable, [], /client: must be a pool of pg/],
  ['ensureRateLimitTable({})', ensureRateLimitTable, [{}], /client: must be a pool of pg/],
  ['ensureRateLimitTable(pool, null)', ensureRateLimitTable, [pool, null], /options: must be an object/],
  ['ensureRateLimitTable(pool, …)', ensureRateLimitTable, [pool, { tabel: 'a' }], /tabel: unknown option/],
  ['rateLimitTableSql(null)', rateLimitTableSql, [null], /options: must be an object/],
])('%s names what is missing', (_, call, given, said) => {
  const untyped = () => (typeof call === 'function' ? Reflect.apply(call, undefined, given) : null);
  expect(untyped).toThrow(TypeError);
  expect(untyped).toThrow(said);
});
