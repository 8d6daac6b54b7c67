import { describe, expect, it } from 'vitest';
import { live, useDoctor } from '../../test/doctor-bench.ts';
import { invoke } from '../../test/invoke.ts';
import { judgeRedis } from './check-redis.ts';

const bench = useDoctor();

describe('the queue', () => {
  it('is Redis', async () => {
    const { of } = await bench.examine(live(), { REDIS_URL: process.env.REDIS_URL ?? '' }, [
      '--queue=bullmq',
    ]);
    expect(of('queue')[0]).toMatchObject({ state: 'ok', message: expect.stringMatching(/^Redis \d/) });
    expect(of('eviction policy')).toMatchObject([{ state: 'ok', message: 'noeviction' }]);
    const away = await bench.examine(live(), { REDIS_URL: 'redis://127.0.0.1:1' }, ['--queue=bullmq']);
    expect(away.code).toBe(1);
    expect(away.of('queue')).toMatchObject([
      { state: 'failure', message: 'nothing answers at the address of Redis' },
    ]);
  });

  it('is a Redis that would drop jobs, keeps no log, or is too old', () => {
    const info = 'redis_version:6.0.9\r\nmaxmemory_policy:allkeys-lru\r\naof_enabled:0\r\n';
    expect(judgeRedis(info)).toMatchObject([
      { check: 'queue', state: 'failure' },
      { check: 'eviction policy', state: 'failure', remedy: 'CONFIG SET maxmemory-policy noeviction' },
      { check: 'queue', state: 'warning', remedy: 'CONFIG SET appendonly yes' },
    ]);
    const good = 'redis_version:7.0.15\r\nmaxmemory_policy:noeviction\r\naof_enabled:1\r\n';
    expect(judgeRedis(good).map(({ state }) => state)).toEqual(['ok', 'ok']);
  });

  it('is pg-boss, before and after its first use', async () => {
    const before = await bench.examine(live(), {}, ['--queue=pg-boss']);
    expect(before.of('queue')).toMatchObject([{ state: 'warning' }]);
    const orderId = await bench.host.insert({}, 5);
    const simulator = live();
    const environment = {
      CBB_API_URL: await bench.serve(simulator),
      CBB_API_KEY: simulator.apiKey,
      DATABASE_URL: bench.host.url,
    };
    await invoke(['sweep', '--queue=pg-boss'], environment);
    // The account becomes known with the first command that asks the service.
    await invoke(['sync-order', `--order-id=${orderId}`], environment);
    const after = await bench.examine(live(), {}, ['--queue=pg-boss']);
    expect(after.of('queue')).toMatchObject([{ state: 'ok', message: expect.stringContaining('singleton') }]);
    const named = ['--queue=pg-boss', '--queue-name=other', '--queue-schema=elsewhere'];
    expect((await bench.examine(live(), {}, named)).of('queue')).toMatchObject([{ state: 'warning' }]);
    await bench.host.pool.query("UPDATE orders SET cbb_sync_status = 'failed'");
    await invoke(['retry-failed', ...named], { DATABASE_URL: bench.host.url });
    expect((await bench.examine(live(), {}, named)).of('queue')).toMatchObject([{ state: 'ok' }]);
    await bench.host.pool.query("UPDATE pgboss.queue SET policy = 'standard'");
    const wrong = await bench.examine(live(), {}, ['--queue=pg-boss']);
    expect(wrong.of('queue')).toMatchObject([{ state: 'failure' }]);
  });
});
