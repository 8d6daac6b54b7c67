import { randomUUID } from 'node:crypto';
import { createCbbClient } from '@visanet/cbb-client';
import { createSharedRateLimiter } from '@visanet/cbb-rate-limit';
import { createMemoryStore, viziMapping } from '@visanet/cbb-sync';
import { buildOrder } from '@visanet/cbb-testkit';
import { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { useHostBench } from '../../test/host-bench.ts';
import { createCbbSyncOrThrow } from '../create-cbb-sync-or-throw.ts';

const bench = useHostBench();
const { simulators, environmentOf } = bench;

/** A database of Redis that no other file writes to. */
const redisUrl = new URL('/5', process.env.REDIS_URL).href;

describe('parts', () => {
  it('can all be those of the host, which then stay open', async () => {
    const redis = new Redis(redisUrl);
    const cbb = await createCbbSyncOrThrow({
      environment: environmentOf('plan', { DATABASE_URL: undefined, CBB_API_RATE_LIMIT: '1' }),
      pool: bench.database.pool,
      redis,
    });
    await cbb.startWorker();
    const orderId = await bench.database.insert();
    await cbb.enqueue(orderId);
    await expect.poll(() => bench.database.statusOf(orderId), { timeout: 20_000 }).toBe('synced');
    await cbb.close();
    await bench.database.pool.query('SELECT 1');
    expect(await redis.keys('cbb-rate-limit:*')).not.toEqual([]);
    redis.disconnect();
  });

  it('need neither key nor database where the host gives client and store', async () => {
    const store = createMemoryStore({ mapping: viziMapping });
    const client = createCbbClient({
      contract: 'plan',
      apiKey: simulators.plan.apiKey,
      baseUrl: bench.servers.plan.url,
    });
    const cbb = await createCbbSyncOrThrow({ environment: {}, client, store, mapping: viziMapping });
    store.save(buildOrder({}, { seed: 1 }));
    const { worked } = await cbb.runDue({ budgetMs: 10_000 });
    expect(worked).toBe(1);
    expect(simulators.plan.contacts.size).toBe(1);
    await cbb.close();
  });

  it('stand on no service in a process that only produces', async () => {
    const environment = { DATABASE_URL: bench.database.url };
    const cbb = await createCbbSyncOrThrow({ environment, offline: true });
    const { postgres } = await cbb.ready();
    expect((await postgres?.countByStatus())?.isOk()).toBe(true);
    expect(await cbb.enqueue(await bench.database.insert())).toEqual({ kind: 'enqueued' });
    await expect(cbb.startWorker()).rejects.toMatchObject({ kind: 'invalid_configuration' });
    await expect(cbb.runDue({ budgetMs: 100 })).rejects.toMatchObject({ kind: 'invalid_configuration' });
    await cbb.close();
  });

  it('keep the limit in Redis where there is one, else in Postgres', async () => {
    const redis = new Redis(redisUrl);
    const limited = async (more: object) => {
      const own = { CBB_API_CONTRACT: 'plan', CBB_API_KEY: `key-${randomUUID()}`, CBB_API_RATE_LIMIT: '1' };
      const environment = environmentOf('plan', { ...own, ...more });
      const before = (await redis.keys('cbb-rate-limit:*')).length;
      const cbb = await createCbbSyncOrThrow({ environment });
      const { client } = await cbb.ready();
      expect((await client.contacts.find('447700900123')).isErr()).toBe(true);
      await cbb.close();
      const { rows } = await bench.database.pool.query('DELETE FROM cbb_rate_limits RETURNING key');
      return { redis: (await redis.keys('cbb-rate-limit:*')).length > before, postgres: rows.length > 0 };
    };
    expect(await limited({ REDIS_URL: redisUrl })).toEqual({ redis: true, postgres: false });
    expect(await limited({})).toEqual({ redis: false, postgres: true });
    redis.disconnect();
  });

  it('count the limit by the account where the service tells it', async () => {
    const limit = { key: '1000001', requestsPerMinute: 1, store: bench.database.pool };
    expect(await createSharedRateLimiter(limit).acquire()).toEqual({ granted: true });
    const environment = environmentOf('v1.1', { CBB_API_RATE_LIMIT: '1' });
    const cbb = await createCbbSyncOrThrow({ environment, clientOptions: { maxWaitMs: 0 } });
    await expect(cbb.ready({ tries: 1 })).rejects.toMatchObject({ error: { cause: 'rate_limited' } });
    await cbb.close();
  });

  it('take part in a transaction on pg-boss, and refuse one elsewhere', async () => {
    const cbb = await createCbbSyncOrThrow({ environment: environmentOf('plan') });
    const db = { executeSql: async () => ({ rows: [] }) };
    expect(() => cbb.enqueue('x', { db })).toThrow('goes with the queue pg-boss');
    await cbb.close();
  });
});
