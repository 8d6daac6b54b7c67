import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createSharedRateLimiter,
  ensureRateLimitTable,
  type PostgresClient,
  type RateLimitStoreFailure,
  rateLimitTableSql,
  type SharedRateLimiterOptions,
} from './index.ts';

const secret = '1000001.very-secret';
const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 3 });
const redis = new Redis(process.env.REDIS_URL ?? '');
const noStore = new Error('nothing is asked here');

beforeAll(async () => (await ensureRateLimitTable(pool))._unsafeUnwrap());
beforeEach(async () => {
  await redis.flushdb();
  await pool.query('DELETE FROM cbb_rate_limits');
});
afterAll(async () => {
  await pool.end();
  await redis.quit();
});

const limiterOf = (options: Partial<SharedRateLimiterOptions>) =>
  createSharedRateLimiter({ key: secret, requestsPerMinute: 6, store: redis, ...options });

describe.each([
  ['redis', redis],
  ['postgres', pool],
] as const)('by %s', (_, store) => {
  it('grants evenly spaced requests to all who share the key', async () => {
    const first = limiterOf({ store });
    const second = limiterOf({ store });
    expect(await first.acquire()).toEqual({ granted: true });
    const refused = await second.acquire();
    expect(refused).toMatchObject({ granted: false, reason: 'limit_reached' });
    // Six a minute are one in ten seconds.
    const waitMs = refused.granted ? 0 : refused.waitMs;
    expect(waitMs).toBeGreaterThan(5_000);
    expect(waitMs).toBeLessThanOrEqual(10_000);
    expect(await limiterOf({ store, key: '1000002' }).acquire()).toEqual({ granted: true });
  });

  it('grants no two requests closer than their spacing, whoever asks', async () => {
    const limiters = Array.from({ length: 4 }, () => limiterOf({ store, requestsPerMinute: 1_201 }));
    const granted: { askedAt: number; answeredAt: number }[] = [];
    await Promise.all(
      limiters.map(async (limiter) => {
        while (granted.length < 20) {
          const askedAt = performance.now();
          const answer = await limiter.acquire();
          if (answer.granted) granted.push({ askedAt, answeredAt: performance.now() });
          else await new Promise((resolve) => setTimeout(resolve, answer.waitMs));
        }
      }),
    );
    // Twenty grants span nineteen spacings of 50 ms; the store counts whole milliseconds.
    const firstAt = Math.min(...granted.map(({ askedAt }) => askedAt));
    const lastAt = Math.max(...granted.map(({ answeredAt }) => answeredAt));
    expect(lastAt - firstAt).toBeGreaterThan(19 * 49);
  });

  it('holds a pause for all who share the key, and never shortens it', async () => {
    const limiter = limiterOf({ store, requestsPerMinute: 60_000 });
    await limiter.pause(40_001);
    await limiter.pause(2_000);
    const refused = await limiterOf({ store, requestsPerMinute: 60_000 }).acquire();
    const waitMs = refused.granted ? 0 : refused.waitMs;
    expect(waitMs).toBeGreaterThan(35_000);
    expect(waitMs).toBeLessThanOrEqual(41_000);
    await limiter.pause(50_000);
    const later = await limiter.acquire();
    expect(later.granted ? 0 : later.waitMs).toBeGreaterThan(45_000);
  });

  it('holds no pause longer than the cap, and none that is no time', async () => {
    const waitAfter = async (durationMs: number, options: Partial<SharedRateLimiterOptions> = {}) => {
      const key = `${durationMs} ${JSON.stringify(options)}`;
      const limiter = limiterOf({ store, key, requestsPerMinute: 60_000, ...options });
      await limiter.pause(durationMs);
      const answer = await limiter.acquire();
      return answer.granted ? 0 : answer.waitMs;
    };
    const year = 31_536_000_000;
    expect(await waitAfter(year)).toBeGreaterThan(295_000);
    expect(await waitAfter(year)).toBeLessThanOrEqual(300_000);
    expect(await waitAfter(year, { maxRetryAfterMs: 20_000 })).toBeLessThanOrEqual(20_000);
    for (const none of [Number.POSITIVE_INFINITY, Number.NaN, -1, 0]) expect(await waitAfter(none)).toBe(0);
  });

  it('keeps the turn of who waits from the one who was granted the last request', async () => {
    const [winner, other] = [
      limiterOf({ store, requestsPerMinute: 600 }),
      limiterOf({ store, requestsPerMinute: 600 }),
    ];
    expect(await winner.acquire()).toEqual({ granted: true });
    // The winner asks first, and yet it is the other's turn.
    const refused = [await winner.acquire(), await other.acquire()];
    expect(refused).toMatchObject([{ granted: false }, { granted: false }]);
    await expect.poll(() => other.acquire(), { interval: 5 }).toEqual({ granted: true });
    expect(await other.acquire()).toMatchObject({ granted: false });
    await expect.poll(() => winner.acquire(), { interval: 5 }).toEqual({ granted: true });
  });

  it('keeps no turn for one who has gone', async () => {
    const [winner, gone] = [
      limiterOf({ store, requestsPerMinute: 600 }),
      limiterOf({ store, requestsPerMinute: 600 }),
    ];
    await winner.acquire();
    await gone.acquire();
    await expect.poll(() => winner.acquire(), { interval: 5 }).toEqual({ granted: true });
  });

  it('keeps the key out of the store', async () => {
    await limiterOf({ store }).acquire();
    const keys = [
      ...(await redis.keys('*')),
      ...(await pool.query('SELECT key FROM cbb_rate_limits')).rows.map(({ key }) => String(key)),
    ];
    // Other files use the same servers.
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) expect(key).toMatch(/^cbb-rate-limit:[0-9a-f]{32}$/);
  });
});

it('does not wait for what a clock that was set back left behind', async () => {
  const limiter = limiterOf({ store: pool });
  await limiter.acquire();
  await pool.query('UPDATE cbb_rate_limits SET expire = expire + 31536000000');
  const answer = await limiter.acquire();
  expect(answer.granted ? 0 : answer.waitMs).toBe(300_000);
});

it('reads numbers however the host has them parsed', async () => {
  const store: PostgresClient = {
    async query(text, values) {
      const { rows } = await pool.query(text, values);
      return { rows: rows.map(({ wait_ms }) => ({ wait_ms: BigInt(wait_ms) })) };
    },
  };
  expect(await limiterOf({ store }).acquire()).toEqual({ granted: true });
  expect(await limiterOf({ store }).acquire()).toMatchObject({ reason: 'limit_reached' });
});

describe('a store that fails', () => {
  const failuresOf = async (options: Partial<SharedRateLimiterOptions>) => {
    const failures: RateLimitStoreFailure[] = [];
    const limiter = limiterOf({ ...options, onStoreFailure: (failure) => failures.push(failure) });
    const answer = await limiter.acquire();
    await limiter.pause(1_000);
    expect(answer).toEqual({ granted: false, waitMs: 1_000, reason: 'store_unavailable' });
    expect(await limiterOf({ ...options }).acquire()).toMatchObject({ granted: false });
    return failures;
  };

  it('grants nothing and says why, without its words: Redis', async () => {
    const gone = new Redis({
      lazyConnect: true,
      port: 1,
      maxRetriesPerRequest: 0,
      retryStrategy: () => null,
    });
    gone.on('error', () => {});
    const failures = await failuresOf({ store: gone });
    expect(failures).toHaveLength(2);
    expect(failures[0]).toMatchObject({ kind: 'store_unavailable', store: 'redis' });
    expect(JSON.stringify(failures)).not.toContain('127.0.0.1');
  });

  it('grants nothing and says why, without its words: Postgres', async () => {
    const gone = new Pool({ connectionString: 'postgres://user:password@127.0.0.1:1/none' });
    expect(await failuresOf({ store: gone })).toEqual([
      {
        kind: 'store_unavailable',
        store: 'postgres',
        message: '[cbb-rate-limit] Postgres did not answer (ECONNREFUSED).',
      },
      expect.anything(),
    ]);
    await gone.end();
  });

  it('that hangs counts as one that fails', async () => {
    const hanging: PostgresClient = { query: () => new Promise(() => {}) };
    const [failure] = await failuresOf({ store: hanging, storeTimeoutMs: 20 });
    expect(failure?.message).toBe('[cbb-rate-limit] Postgres did not answer.');
  });

  it('tells that the table is missing', async () => {
    const [failure] = await failuresOf({ store: pool, table: 'no_such_table' });
    expect(failure).toMatchObject({ kind: 'table_missing' });
  });
});

describe('the table', () => {
  it('is made once, by whoever comes first, under the names that the limiter is given', async () => {
    const names = { schema: 'limits', table: 'of_requests' };
    await pool.query('CREATE SCHEMA limits');
    const made = await Promise.all(Array.from({ length: 4 }, () => ensureRateLimitTable(pool, names)));
    expect(made.every((result) => result.isOk())).toBe(true);
    expect(await limiterOf({ store: pool, ...names }).acquire()).toEqual({ granted: true });
    expect((await pool.query('SELECT 1 FROM limits.of_requests')).rowCount).toBe(1);
    await pool.query('DROP SCHEMA limits CASCADE');
  });

  it('cannot have a name that needs more than quotes', () => {
    expect(() => rateLimitTableSql({ table: 'x"; drop table orders' })).toThrow(TypeError);
    expect(rateLimitTableSql()).toContain('"public"."cbb_rate_limits"');
  });

  it('tells why it cannot be made', async () => {
    const result = await ensureRateLimitTable(pool, { schema: 'no_such_schema' });
    expect(result._unsafeUnwrapErr()).toEqual({
      kind: 'store_unavailable',
      store: 'postgres',
      message: '[cbb-rate-limit] Postgres did not answer (3F000).',
    });
  });
});

it('needs nothing of a session: no statement has a name', async () => {
  const sent: unknown[][] = [];
  const store: PostgresClient = {
    async query(...statement) {
      sent.push(statement);
      return pool.query(statement[0], statement[1]);
    },
  };
  const limiter = limiterOf({ store });
  await limiter.acquire();
  await limiter.acquire();
  await limiter.pause(20_000);
  expect(sent).toHaveLength(3);
  expect(sent.every(([text, values]) => typeof text === 'string' && Array.isArray(values))).toBe(true);
});

it('refuses every unusable option at once, and repeats no value', () => {
  const make = (options: object) => () => createSharedRateLimiter(JSON.parse(JSON.stringify(options)));
  expect(
    make({
      key: '',
      requestsPerMinute: 1.5,
      store: {},
      schema: 'A',
      table: '',
      storeTimeoutMs: 0,
      maxRetryAfterMs: 0,
      x: 1,
    }),
  ).toThrow(
    new TypeError(
      '[cbb-rate-limit] invalid options: x: unknown option; key: must be a non-empty string; requestsPerMinute: must be a whole number from 1 to 60000; store: must be an ioredis client or a pool of pg; schema: must be letters in lower case, digits and underscores; table: must be letters in lower case, digits and underscores; storeTimeoutMs: must be a whole number from 1 to 60000; maxRetryAfterMs: must be a whole number from 1 to 86400000',
    ),
  );
  expect(() => limiterOf({ table: 'limits' })).toThrow('table: is for Postgres only');
  expect(() => limiterOf({ store: { query: () => Promise.reject(noStore) }, table: 'limits' })).not.toThrow();
});
