import { randomUUID } from 'node:crypto';
import { createCbbClient } from '@visanet/cbb-client';
import { createFunctionSync } from '@visanet/cbb-function';
import { createSharedRateLimiter } from '@visanet/cbb-rate-limit';
import {
  createMemoryStore,
  defineMapping,
  type SyncEngine,
  viziMapping,
  viziMappingDefinition,
} from '@visanet/cbb-sync';
import {
  buildOrder,
  createSimulator,
  type SimulatorServer,
  startSimulatorServer,
} from '@visanet/cbb-testkit';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OrdersDatabase, openOrdersDatabase } from '../test/orders-database.ts';
import { createCbbSync } from './create-cbb-sync.ts';
import { createCbbSyncOrThrow } from './create-cbb-sync-or-throw.ts';
import { isCbbSyncException } from './errors/host-exception.ts';
import type { HostEvent } from './events/host-event.ts';
import type { QueueName, QueueOptions } from './options/host-options.ts';
import { presetOf } from './parts/preset.ts';

const simulators = {
  plan: createSimulator({ seed: 1, hasWhatsApp: () => true }),
  'v1.1': createSimulator({ contract: 'v1.1', seed: 1, rateLimitPerMinute: 6_000 }),
};
let servers: Record<'plan' | 'v1.1', SimulatorServer>;
let database: OrdersDatabase;
let events: HostEvent[];

beforeAll(async () => {
  servers = {
    plan: await startSimulatorServer(simulators.plan),
    'v1.1': await startSimulatorServer(simulators['v1.1']),
  };
  database = await openOrdersDatabase();
});
afterAll(async () => {
  await servers.plan.close();
  await servers['v1.1'].close();
  await database.drop();
});
beforeEach(() => {
  events = [];
  simulators.plan.reset();
  simulators['v1.1'].reset();
});
afterEach(() => database.pool.query('TRUNCATE orders, cbb_sync_ledger, cbb_rate_limits'));

const onEvent = (event: HostEvent) => void events.push(event);
const environmentOf = (contract: 'plan' | 'v1.1', more = {}) => ({
  CBB_API_URL: servers[contract].url,
  CBB_API_KEY: simulators[contract].apiKey,
  CBB_API_RETRY_ATTEMPTS: '0',
  CBB_API_RATE_LIMIT: '6000',
  DATABASE_URL: database.url,
  ...more,
});

/** A mapping that writes these fields. */
function renamed(names: readonly string[]) {
  const fields = Object.fromEntries(names.map((name) => [name, { from: 'form_id', type: 'text' } as const]));
  return defineMapping({ ...viziMappingDefinition, fields });
}

describe('three lines', () => {
  const queues: readonly (readonly [QueueName, () => QueueOptions])[] = [
    ['function', () => ({})],
    ['bullmq', () => ({ queueName: `host-${randomUUID()}` })],
    ['pg-boss', () => ({ schema: `boss_${randomUUID().replaceAll('-', '')}` })],
  ];

  it.each(queues)('sync an order over %s', async (queue, queueOptions) => {
    const environment = environmentOf('plan', { REDIS_URL: process.env.REDIS_URL });
    const cbb = await createCbbSyncOrThrow({ queue, queueOptions: queueOptions(), environment, onEvent });
    await cbb.startWorker({ sweepIntervalMs: 0 });
    const orderId = await database.insert();
    await cbb.enqueue(orderId);
    await expect.poll(() => database.statusOf(orderId), { timeout: 20_000 }).toBe('synced');
    expect(await cbb.close()).toEqual({ kind: 'drained' });
    expect(events).toContainEqual(expect.objectContaining({ kind: 'job-finished', orderId }));
    expect(events.filter(({ kind }) => kind === 'queue-errored')).toEqual([]);
  });

  it('read the environment of the process unless one is given', async () => {
    const error = (await createCbbSync())._unsafeUnwrapErr();
    expect(error).toMatchObject({ kind: 'invalid_configuration', problems: ['CBB_API_KEY must be set'] });
  });
});

describe('the service', () => {
  it('is asked for its contract, and the mapping follows it', async () => {
    for (const contract of ['plan', 'v1.1'] as const) {
      const cbb = await createCbbSyncOrThrow({
        environment: environmentOf(contract),
        onEvent,
        rateLimit: false,
      });
      const { scope, mapping } = await cbb.ready();
      expect(scope.contract).toBe(contract);
      expect(mapping).toBe(presetOf(contract).mapping);
      await cbb.close();
    }
  });

  it('is waited for while nobody knows contract and account, and each wait is told', async () => {
    const away = await startSimulatorServer(simulators.plan);
    await away.close();
    const environment = environmentOf('plan', { CBB_API_URL: away.url });
    const cbb = await createCbbSyncOrThrow({ environment, onEvent });
    const starting = cbb.startWorker();
    await expect.poll(() => events).toContainEqual(expect.objectContaining({ kind: 'service-awaited' }));
    const back = await startSimulatorServer(simulators.plan, { port: Number(new URL(away.url).port) });
    await starting;
    const orderId = await database.insert();
    await cbb.enqueue(orderId);
    await expect.poll(() => database.statusOf(orderId), { timeout: 20_000 }).toBe('synced');
    await cbb.close();
    await back.close();
  });

  it('is waited for no longer than until stop, close, or the signal of the caller', async () => {
    const away = environmentOf('plan', { CBB_API_URL: 'http://127.0.0.1:9/api' });
    const cbb = await createCbbSyncOrThrow({ environment: away, onEvent });
    const stopped = expect(cbb.startWorker()).rejects.toMatchObject({ kind: 'aborted' });
    await cbb.stop();
    await stopped;
    const signalled = cbb.startWorker({ signal: AbortSignal.abort() });
    await expect(signalled).rejects.toMatchObject({ kind: 'aborted' });
    const closed = expect(cbb.startWorker()).rejects.toMatchObject({ kind: 'aborted' });
    await cbb.close();
    await closed;
    await expect(cbb.startWorker()).rejects.toMatchObject({ kind: 'closed' });
  });

  it('is asked a few times by whoever does not wait', async () => {
    const environment = environmentOf('plan', { CBB_API_URL: 'http://127.0.0.1:9/api' });
    const cbb = await createCbbSyncOrThrow({ environment, onEvent });
    const error = await cbb.ready({ tries: 2 }).catch((thrown: unknown) => thrown);
    expect(isCbbSyncException(error)).toBe(true);
    expect(error).toMatchObject({ kind: 'service_unavailable', error: { cause: 'network' } });
    expect(events.map(({ kind }) => kind)).toEqual(['service-awaited']);
    await cbb.close();
  });

  it('needs no answer for an order to be enqueued', async () => {
    const environment = environmentOf('plan', { CBB_API_URL: 'http://127.0.0.1:9/api' });
    const cbb = await createCbbSyncOrThrow({ environment, onEvent });
    const orderId = await database.insert();
    expect(await cbb.enqueue(orderId)).toEqual({ kind: 'enqueued' });
    await cbb.close();
  });

  it.each([
    ['rejects the key', 'v1.1', { CBB_API_KEY: '1.wrong' }, 'key_rejected', 'CBB_API_KEY'],
    ['tells another account', 'v1.1', { CBB_ACCOUNT_ID: '7' }, 'key_rejected', '1000001'],
    ['tells no account', 'plan', { CBB_ACCOUNT_ID: '7' }, 'invalid_configuration', 'contract plan'],
  ] as const)('%s', async (_, contract, more, kind, words) => {
    const cbb = await createCbbSync({ environment: environmentOf(contract, more), onEvent });
    const started = await cbb._unsafeUnwrap().startWorker();
    expect(started._unsafeUnwrapErr()).toMatchObject({ kind, message: expect.stringContaining(words) });
    expect(simulators[contract].contacts.size).toBe(0);
    expect((await cbb._unsafeUnwrap().close()).isOk()).toBe(true);
  });

  it('lacks mapped fields: all are named at the start, before anything is written', async () => {
    const environment = environmentOf('v1.1');
    const cbb = await createCbbSyncOrThrow({
      environment,
      onEvent,
      mapping: renamed(['no_such', 'nor_this']),
    });
    const error = { kind: 'unknown_fields', fields: ['no_such', 'nor_this'] };
    await expect(cbb.startWorker()).rejects.toMatchObject({ error });
    await expect(cbb.ready()).rejects.toMatchObject({ error });
    await cbb.close();
  });

  it('may lack fields that the client makes', async () => {
    const cbb = await createCbbSyncOrThrow({
      environment: environmentOf('v1.1'),
      mapping: renamed(['no_such']),
      clientOptions: { createMissingFields: { no_such: 'text' } },
    });
    expect((await cbb.ready()).scope).toEqual({ contract: 'v1.1', account: '1000001' });
    await cbb.close();
  });
});

describe('parts', () => {
  it('can all be those of the host, which then stay open', async () => {
    const redis = new Redis(process.env.REDIS_URL ?? '');
    const cbb = await createCbbSyncOrThrow({
      environment: environmentOf('plan', { DATABASE_URL: undefined, CBB_API_RATE_LIMIT: '1' }),
      pool: database.pool,
      redis,
    });
    await cbb.startWorker();
    const orderId = await database.insert();
    await cbb.enqueue(orderId);
    await expect.poll(() => database.statusOf(orderId), { timeout: 20_000 }).toBe('synced');
    await cbb.close();
    await database.pool.query('SELECT 1');
    expect(await redis.keys('cbb-rate-limit:*')).not.toEqual([]);
    redis.disconnect();
  });

  it('need neither key nor database where the host gives client and store', async () => {
    const store = createMemoryStore({ mapping: viziMapping });
    const client = createCbbClient({
      contract: 'plan',
      apiKey: simulators.plan.apiKey,
      baseUrl: servers.plan.url,
    });
    const cbb = await createCbbSyncOrThrow({ environment: {}, client, store, mapping: viziMapping });
    store.save(buildOrder({}, { seed: 1 }));
    const { worked } = await cbb.runDue({ budgetMs: 10_000 });
    expect(worked).toBe(1);
    expect(simulators.plan.contacts.size).toBe(1);
    await cbb.close();
  });

  it('stand on no service in a process that only produces', async () => {
    const environment = { DATABASE_URL: database.url };
    const cbb = await createCbbSyncOrThrow({ environment, offline: true });
    const { postgres } = await cbb.ready();
    expect((await postgres?.countByStatus())?.isOk()).toBe(true);
    expect(await cbb.enqueue(await database.insert())).toEqual({ kind: 'enqueued' });
    await expect(cbb.startWorker()).rejects.toMatchObject({ kind: 'invalid_configuration' });
    await expect(cbb.runDue({ budgetMs: 100 })).rejects.toMatchObject({ kind: 'invalid_configuration' });
    await cbb.close();
  });

  it('keep the limit in Redis where there is one, else in Postgres', async () => {
    const redis = new Redis(process.env.REDIS_URL ?? '');
    const limited = async (more: object) => {
      const own = { CBB_API_CONTRACT: 'plan', CBB_API_KEY: `key-${randomUUID()}`, CBB_API_RATE_LIMIT: '1' };
      const environment = environmentOf('plan', { ...own, ...more });
      const before = (await redis.keys('cbb-rate-limit:*')).length;
      const cbb = await createCbbSyncOrThrow({ environment });
      const { client } = await cbb.ready();
      expect((await client.contacts.find('447700900123')).isErr()).toBe(true);
      await cbb.close();
      const { rows } = await database.pool.query('DELETE FROM cbb_rate_limits RETURNING key');
      return { redis: (await redis.keys('cbb-rate-limit:*')).length > before, postgres: rows.length > 0 };
    };
    expect(await limited({ REDIS_URL: process.env.REDIS_URL })).toEqual({ redis: true, postgres: false });
    expect(await limited({})).toEqual({ redis: false, postgres: true });
    redis.disconnect();
  });

  it('count the limit by the account where the service tells it', async () => {
    const limit = { key: '1000001', requestsPerMinute: 1, store: database.pool };
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

describe('options', () => {
  it('that are wrong or unknown are listed in one TypeError', () => {
    const wrong: object = {
      queue: 'kafka',
      mapping: {},
      pool: {},
      rateLimit: 7,
      onEvent: 1,
      offline: 'yes',
      databse: 1,
    };
    expect(() => createCbbSync(wrong)).toThrow(
      /databse: unknown option.*queue: must be one of function, bullmq, pg-boss.*mapping: .*pool: .*rateLimit: .*offline: .*onEvent: /,
    );
    const foreign: object = { queue: 'bullmq', queueOptions: { pollingIntervalMs: 500 } };
    expect(() => createCbbSync(foreign)).toThrow('pollingIntervalMs is no option of bullmq');
  });

  it('of a part are refused where they are given', () => {
    const environment = environmentOf('plan');
    const wrong: readonly (readonly [object, string])[] = [
      [{ storeOptions: { tabel: 'x' } }, 'createPostgresStore: tabel: unknown option'],
      [{ clientOptions: { timeout: 5 } }, '[cbb-client] invalid options'],
      [{ engineOptions: { maxAttempts: 0 } }, 'createSyncEngine: maxAttempts'],
    ];
    for (const [options, words] of wrong) {
      expect(() => createCbbSync({ environment, ...options })).toThrow(words);
    }
  });

  it('need the settings of the queue that is chosen', async () => {
    const environment = { CBB_API_KEY: 'key' };
    const missing = async (queue: QueueName) =>
      (await createCbbSync({ queue, environment }))._unsafeUnwrapErr();
    expect(await missing('bullmq')).toMatchObject({
      problems: ['DATABASE_URL must be set', 'REDIS_URL must be set'],
    });
    expect(await missing('pg-boss')).toMatchObject({ problems: ['DATABASE_URL must be set'] });
  });

  it('switch the sync off without a question to the service', async () => {
    const environment = environmentOf('plan', {
      ENABLE_CBB_SYNC: 'false',
      CBB_API_URL: 'http://127.0.0.1:9',
    });
    const cbb = await createCbbSyncOrThrow({ environment, onEvent });
    await expect(cbb.startWorker()).rejects.toMatchObject({ kind: 'sync_disabled' });
    await expect(cbb.runDue({ budgetMs: 100 })).rejects.toMatchObject({ kind: 'sync_disabled' });
    await cbb.close();
  });

  it('that a listener throws at changes nothing', async () => {
    const environment = environmentOf('plan');
    const cbb = await createCbbSyncOrThrow({
      environment,
      onEvent() {
        throw new Error('of the host');
      },
    });
    await database.insert();
    expect(await cbb.runDue({ budgetMs: 10_000 })).toMatchObject({ worked: 1, ended: 'nothing_due' });
    await cbb.close();
  });
});

it('lets a job that runs at the close end in good order', async () => {
  let engine: SyncEngine | undefined;
  const cbb = await createCbbSyncOrThrow({
    environment: environmentOf('plan', { CBB_API_RATE_LIMIT: undefined }),
    pool: database.pool,
    queue(parts) {
      ({ engine } = parts);
      const { sweepBatchSize: _, ...own } = parts;
      return createFunctionSync(own);
    },
  });
  await cbb.ready();
  await cbb.close();
  const synced = await engine?.sync(await database.insert());
  expect(synced?._unsafeUnwrap()).toMatchObject({ outcome: 'created' });
});
