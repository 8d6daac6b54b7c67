import { randomUUID } from 'node:crypto';
import { createFunctionSync } from '@visanet/cbb-function';
import { createOrdersTable } from '@visanet/cbb-postgres';
import { createOrdersDatabase, listening } from '@visanet/test-support';
import { errAsync } from 'neverthrow';
import { PgBoss } from 'pg-boss';
import { describe, expect, it } from 'vitest';
import { useHostBench } from '../../test/host-bench.ts';
import { createCbbSync } from '../create-cbb-sync.ts';
import { createCbbSyncOrThrow } from '../create-cbb-sync-or-throw.ts';
import { migrateCbbSync } from '../migrate-cbb-sync.ts';

const bench = useHostBench();
const { events, onEvent, environmentOf } = bench;

const told = (kind: string) => events.filter((event) => event.kind === kind);
const noRedis = { REDIS_URL: 'redis://127.0.0.1:1' };
const page =
  'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\nConnection: close\r\n\r\n<p/>';

describe('errors of a start', () => {
  it('service_unknown: something answers that is no contact service', async () => {
    const other = await listening((socket) => void socket.once('data', () => socket.end(page)));
    const url = `http://127.0.0.1:${other.port}/api`;
    const cbb = await createCbbSyncOrThrow({
      environment: environmentOf('plan', { CBB_API_URL: url }),
      onEvent,
    });
    const message = expect.stringContaining('CBB_API_URL');
    await expect(cbb.startWorker()).rejects.toMatchObject({ error: { kind: 'service_unknown', message } });
    expect(events).toEqual([]);
    await cbb.close();
    await other.stop();
  });

  it('queue_unavailable: nothing answers at the address of the queue, and only the driver says where', async () => {
    const words: string[] = [];
    const cbb = await createCbbSyncOrThrow({
      queue: 'bullmq',
      environment: environmentOf('plan', { ...noRedis, CBB_API_RATE_LIMIT: undefined }),
      onEvent,
      onDriverError: (driver, error) => void words.push(`${driver}: ${String(error)}`),
    });
    const error = { kind: 'queue_unavailable', retryable: true };
    await expect(cbb.startWorker()).rejects.toMatchObject({ error });
    expect(words).toContainEqual(expect.stringMatching(/^Redis: .*ECONNREFUSED 127\.0\.0\.1:1$/));
    expect(told('queue-errored')).not.toEqual([]);
    expect(JSON.stringify(events)).not.toContain('127.0.0.1');
    await cbb.close();
  });

  it('queue_unavailable: pg-boss finds no database', async () => {
    const url = new URL(bench.database.url);
    url.pathname = '/no_such_database';
    const environment = environmentOf('plan', { DATABASE_URL: url.href });
    const error = (await createCbbSync({ queue: 'pg-boss', environment }))._unsafeUnwrapErr();
    expect(error).toMatchObject({ kind: 'queue_unavailable', retryable: true });
  });

  it('queue_misconfigured: the queue is another one of the host', async () => {
    const schema = `boss_${randomUUID().replaceAll('-', '')}`;
    const boss = new PgBoss({ connectionString: bench.database.url, schema });
    await boss.start();
    await boss.createQueue('mails');
    const queueOptions = { boss, queueName: 'mails' };
    const environment = environmentOf('plan');
    const cbb = await createCbbSyncOrThrow({ queue: 'pg-boss', queueOptions, environment });
    const error = { kind: 'queue_misconfigured', retryable: false };
    await expect(cbb.startWorker()).rejects.toMatchObject({ error });
    await cbb.close();
    await boss.stop({ graceful: false });
  });

  it('invalid_order_id and already_started', async () => {
    const cbb = await createCbbSyncOrThrow({ environment: environmentOf('plan') });
    await expect(cbb.enqueue('')).rejects.toMatchObject({ kind: 'invalid_order_id' });
    await cbb.startWorker({ sweepIntervalMs: 0 });
    await expect(cbb.startWorker()).rejects.toMatchObject({ kind: 'already_started' });
    await cbb.close();
  });
});

describe('events', () => {
  it.each([
    ['redis', 'store_unavailable', noRedis, 'SELECT 1', 'SELECT 1'],
    [
      'postgres',
      'table_missing',
      {},
      'ALTER TABLE cbb_rate_limits RENAME TO limits',
      'ALTER TABLE limits RENAME TO cbb_rate_limits',
    ],
  ])('rate-limit-failed: %s, %s, told once', async (store, cause, more, before, after) => {
    await bench.database.pool.query(before);
    const environment = environmentOf('plan', more);
    const cbb = await createCbbSyncOrThrow({ environment, onEvent, clientOptions: { maxWaitMs: 0 } });
    const { client } = await cbb.ready();
    for (const phone of ['447700900123', '447700900124']) {
      expect((await client.contacts.find(phone)).isErr()).toBe(true);
    }
    expect(told('rate-limit-failed')).toMatchObject([{ store, cause }]);
    await cbb.close();
    await bench.database.pool.query(after);
  });

  it('announcements, announced-order-left, settings-without-effect', async () => {
    const notifyChannel = `orders_${randomUUID().replaceAll('-', '')}`;
    const database = await createOrdersDatabase({
      createTable: createOrdersTable,
      migrate: (pool) => migrateCbbSync(pool, { notifyChannel }),
    });
    const { url: DATABASE_URL } = database;
    const cbb = await createCbbSyncOrThrow({
      environment: environmentOf('plan', {
        DATABASE_URL,
        DATABASE_DIRECT_URL: DATABASE_URL,
        CBB_SYNC_DELAY_MS: '0',
        CBB_SYNC_ALERT_EMAIL: 'ops@example.test',
      }),
      storeOptions: { notifyChannel },
      onEvent,
      // A queue of the host's own, whose server is away.
      queue({ engine, onEvent: tell }) {
        const error = { kind: 'queue_unavailable', message: 'away', retryable: true } as const;
        return { ...createFunctionSync({ engine, onEvent: tell }), enqueue: () => errAsync(error) };
      },
    });
    await cbb.startWorker({ sweepIntervalMs: 0 });
    expect(told('settings-without-effect')).toMatchObject([{ names: ['CBB_SYNC_ALERT_EMAIL'] }]);
    await expect.poll(() => told('announcements')).toMatchObject([{ state: 'listening' }]);
    const orderId = await database.insert();
    const left = [{ orderId, error: 'queue_unavailable' }];
    await expect.poll(() => told('announced-order-left')).toMatchObject(left);
    await database.pool.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'cbb listen'",
    );
    await expect.poll(() => told('announcements')[1]).toMatchObject({ state: 'disconnected' });
    await cbb.close();
    await database.drop();
  });
});
