import { presetOf } from '@visanet/cbb-host';
import {
  createSimulator,
  type Simulator,
  type SimulatorServer,
  startSimulatorServer,
} from '@visanet/cbb-testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createHostDatabase, type HostDatabase } from '../test/host.ts';
import { invoke } from '../test/invoke.ts';
import { checkClock } from './doctor/check-clock.ts';
import { judgeRedis } from './doctor/check-redis.ts';

let host: HostDatabase;
const servers: SimulatorServer[] = [];

beforeAll(async () => {
  host = await createHostDatabase();
  await invoke(['migrate'], { DATABASE_URL: host.url });
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  await host.pool.query('TRUNCATE cbb_sync_scope');
});
afterAll(() => host.drop());

type Line = { check: string; state: string; message: string; remedy?: string };

async function examine(
  simulator: Simulator,
  settings: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
) {
  const server = await startSimulatorServer(simulator);
  servers.push(server);
  const environment = {
    CBB_API_URL: server.url,
    CBB_API_KEY: simulator.apiKey,
    CBB_API_RETRY_ATTEMPTS: '0',
    CBB_HASH_SECRET: 'a secret of the tests',
    DATABASE_URL: host.url,
    DATABASE_DIRECT_URL: host.url,
    ...settings,
  };
  const { code, documents, stderr } = await invoke(['doctor', '--json', ...flags], environment);
  const checks = documents.flatMap((document): Line[] =>
    Array.isArray(document.checks) ? document.checks : [],
  );
  return {
    code,
    documents,
    stderr,
    checks,
    of: (check: string) => checks.filter((line) => line.check === check),
  };
}

const live = (options = {}) =>
  createSimulator({ contract: 'v1.1', seed: 1, rateLimitPerMinute: 1_000, ...options });

it('finds nothing to mend where all is well', async () => {
  const settings = { CBB_ACCOUNT_ID: '1000001' };
  const { code, checks } = await examine(live(), settings);
  expect(checks.filter(({ state }) => state !== 'ok')).toEqual([]);
  expect(code).toBe(0);
  expect(checks.map(({ check }) => check)).toEqual([
    'configuration',
    'contract',
    'key',
    'custom fields',
    'database',
    'orders table',
    'permissions',
    'migrations',
    'orders',
    'direct connection',
    'queue',
    'clock',
  ]);
});

it('prints a line for each check, with its remedy below', async () => {
  const simulator = createSimulator();
  const { url } = servers[servers.push(await startSimulatorServer(simulator)) - 1] ?? {};
  const { code, stdout } = await invoke(['doctor'], {
    CBB_API_URL: url,
    CBB_API_KEY: simulator.apiKey,
    DATABASE_URL: host.url,
  });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ok +contract +the host speaks plan$/m);
  expect(stdout).toMatch(/^warning +direct connection .*\n +-> set DATABASE_DIRECT_URL/m);
});

it('lists wrong configuration whole, with code 2', async () => {
  const { code, stderr } = await examine(live(), { CBB_API_KEY: '', DATABASE_URL: '', CBB_TYPO: '1' });
  expect(code).toBe(2);
  for (const name of ['CBB_API_KEY', 'DATABASE_URL', 'CBB_TYPO']) expect(stderr).toContain(name);
});

describe('configuration', () => {
  it.each([
    [{ ENABLE_CBB_SYNC: 'false' }, 'switched off'],
    [{ CBB_SYNC_DRY_RUN: 'true' }, 'runs dry'],
    [{ CBB_HASH_SECRET: '' }, 'CBB_HASH_SECRET'],
  ])('%o is worth a warning', async (settings, message) => {
    const { code, of } = await examine(live(), settings);
    expect(code).toBe(0);
    expect(of('configuration')).toMatchObject([
      { state: 'warning', message: expect.stringContaining(message) },
    ]);
  });

  it('tells the share of the rollout', async () => {
    const { of } = await examine(live(), { CBB_SYNC_ROLLOUT_PERCENT: '10' });
    expect(of('configuration')[0]?.message).toContain('10 % of customers');
  });
});

describe('the service', () => {
  it('speaks another contract than the configured one', async () => {
    const { code, of } = await examine(live(), { CBB_API_CONTRACT: 'plan' });
    expect(code).toBe(1);
    expect(of('contract')).toMatchObject([{ state: 'failure', remedy: 'set CBB_API_CONTRACT=v1.1' }]);
  });

  it.each([
    ['plan', createSimulator({ seed: 1 })],
    ['v1.1', live()],
  ])('rejects the key on %s', async (_, simulator) => {
    const { code, of, stderr } = await examine(simulator, { CBB_API_KEY: 'wrong-key' });
    expect(code).toBe(1);
    expect(of('key')).toMatchObject([{ state: 'failure', remedy: expect.stringContaining('CBB_API_KEY') }]);
    expect(JSON.stringify(of('key')) + stderr).not.toContain('wrong-key');
  });

  it('does not answer', async () => {
    const { code, of } = await examine(live(), { CBB_API_URL: 'http://127.0.0.1:1/api' });
    expect(code).toBe(1);
    expect(of('contract')).toMatchObject([
      { state: 'failure', remedy: expect.stringContaining('CBB_API_URL') },
    ]);
  });

  it('accepts a key of another account: only the expected account tells', async () => {
    const unsaid = await examine(live());
    expect(unsaid.of('key')).toMatchObject([
      { state: 'warning', remedy: expect.stringContaining('CBB_ACCOUNT_ID=1000001') },
    ]);
    const other = await examine(live(), { CBB_ACCOUNT_ID: '7' });
    expect(other.code).toBe(1);
    expect(other.of('key')).toMatchObject([
      { state: 'failure', message: expect.stringContaining('not of 7') },
    ]);
  });
});

it('tells settings on which nothing acts', async () => {
  const { of } = await examine(live(), { CBB_SYNC_ALERT_EMAIL: 'ops@example.test' });
  expect(of('configuration')).toContainEqual(
    expect.objectContaining({ state: 'warning', message: expect.stringContaining('CBB_SYNC_ALERT_EMAIL') }),
  );
});

describe('custom fields', () => {
  const some = [
    { name: 'visa_quantity', type: 0 },
    { name: 'branch', type: 0 },
    { name: 'branch', type: 0 },
  ] as const;

  it('are missing, of a wrong type, or there twice', async () => {
    const simulator = live({ customFields: some });
    const { code, of } = await examine(simulator);
    expect(code).toBe(1);
    const [missing, ...others] = of('custom fields');
    expect(missing).toMatchObject({ state: 'failure', remedy: 'cbb doctor --create-fields' });
    expect(missing?.message).toContain('entry_date (date)');
    expect(missing?.message).toContain('order_date_time (datetime)');
    expect(others).toMatchObject([
      { state: 'failure', message: 'visa_quantity is of type text, but must be number' },
      { state: 'warning', message: 'branch stands 2 times' },
    ]);
    expect(simulator.counts.createCustomField).toBeUndefined();
  });

  it('are created where that is asked', async () => {
    const simulator = live({ customFields: [{ name: 'visa_quantity', type: 1 }] });
    const created = await examine(simulator, {}, ['--create-fields']);
    expect(created.code).toBe(0);
    expect(created.of('custom fields')[0]?.message).toContain(
      'created: customer_name, OrderNumber, visa_country',
    );
    expect(simulator.counts.createCustomField).toBe(presetOf('v1.1').mapping.fieldNames.length - 1);
    expect((await examine(simulator)).of('custom fields')).toMatchObject([{ state: 'ok' }]);
  });
});

describe('--probe-contact', () => {
  const phone = '447700900123';
  const probe = [`--probe-contact=${phone}`];

  it('proves the strategies, says which to set, and leaves the contact as it was', async () => {
    const simulator = live();
    simulator.putContact({ id: phone, phone, fields: { urgency: 'express' } });
    const { code, of } = await examine(simulator, {}, probe);
    expect(code).toBe(0);
    expect(of('update strategy')).toMatchObject([
      {
        state: 'ok',
        message: 'proven: upsert, actions, fields; test contact 447700***123',
        remedy: 'start workers with --update-strategy=upsert',
      },
    ]);
    expect(simulator.contacts.get(phone)?.fields).toMatchObject({ urgency: 'express' });
    expect(
      Object.values(simulator.contacts.get(phone)?.fields ?? {}).filter((value) => value !== null),
    ).toEqual(['express']);
    expect(simulator.messages).toEqual([]);
  });

  it('is not taken in by a success that changed nothing', async () => {
    const simulator = live({ existingPhone: 'ignored', contentActions: false });
    const { of } = await examine(simulator, {}, probe);
    expect(of('update strategy')).toMatchObject([
      {
        message: expect.stringMatching(/^proven: fields; not proven: upsert, actions; .* was created for it/),
        remedy: 'start workers with --update-strategy=fields',
      },
    ]);
  });

  it('finds the second best', async () => {
    const { of } = await examine(live({ existingPhone: 'refused' }), {}, probe);
    expect(of('update strategy')[0]?.remedy).toBe('start workers with --update-strategy=actions');
  });

  it('needs a valid phone, and a contract with strategies', async () => {
    const invalid = await examine(live(), {}, ['--probe-contact=12']);
    expect(invalid.of('update strategy')).toMatchObject([{ state: 'failure' }]);
    const plan = await examine(createSimulator(), {}, probe);
    expect(plan.of('update strategy')).toMatchObject([
      { state: 'ok', message: expect.stringContaining('plan') },
    ]);
  });
});

it('writes nothing unless it is told to', async () => {
  const simulator = live();
  await examine(simulator);
  expect(Object.keys(simulator.counts).sort()).toEqual(['getAccount', 'listCustomFields']);
});

describe('the database', () => {
  it('does not answer', async () => {
    const { code, of } = await examine(live(), { DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/x' }, [
      '--queue=pg-boss',
    ]);
    expect(code).toBe(1);
    expect(of('database')).toMatchObject([{ state: 'failure' }]);
    expect(of('queue')).toEqual([]);
  });

  it('is not migrated', async () => {
    const empty = await createHostDatabase();
    const { code, of } = await examine(live(), { DATABASE_URL: empty.url });
    expect(code).toBe(1);
    expect(of('migrations')).toMatchObject([{ state: 'failure', remedy: 'cbb migrate' }]);
    await empty.drop();
  });

  it('has no orders table, which no migration makes', async () => {
    const empty = await createHostDatabase();
    await empty.pool.query('DROP TABLE orders');
    const { code, of } = await examine(live(), { DATABASE_URL: empty.url });
    await empty.drop();
    expect(code).toBe(1);
    expect(of('orders table')).toMatchObject([
      {
        state: 'failure',
        message: expect.stringContaining('The orders table public.orders does not exist.'),
        remedy: expect.stringMatching(/^create or alter the table, or name yours .*store\.table/),
      },
    ]);
    expect(of('migrations')).toEqual([]);
  });

  it('lacks the table of the rate limit', async () => {
    await host.pool.query('ALTER TABLE cbb_rate_limits RENAME TO cbb_rate_limits_gone');
    const { code, of } = await examine(live());
    await host.pool.query('ALTER TABLE cbb_rate_limits_gone RENAME TO cbb_rate_limits');
    expect(code).toBe(1);
    expect(of('migrations')).toMatchObject([{ state: 'failure', remedy: 'cbb migrate' }]);
  });

  it('holds failed orders', async () => {
    const orderId = await host.insert();
    await host.pool.query("UPDATE orders SET cbb_sync_status = 'failed'");
    const { of } = await examine(live());
    expect(of('orders')).toMatchObject([{ state: 'warning', message: expect.stringContaining('1 failed') }]);
    await host.pool.query('DELETE FROM orders WHERE order_id = $1', [orderId]);
  });

  it('is reached by another direct connection, which leads elsewhere', async () => {
    const other = await createHostDatabase();
    const elsewhere = await examine(live(), { DATABASE_DIRECT_URL: other.url });
    expect(elsewhere.of('direct connection')).toMatchObject([
      { state: 'failure', message: 'notifications do not arrive' },
    ]);
    const nowhere = await examine(live(), { DATABASE_DIRECT_URL: 'postgres://127.0.0.1:1/x' });
    expect(nowhere.of('direct connection')).toMatchObject([
      { state: 'failure', message: 'it does not answer' },
    ]);
    await other.drop();
  });
});

describe('the queue', () => {
  it('is Redis', async () => {
    const { of } = await examine(live(), { REDIS_URL: process.env.REDIS_URL ?? '' }, ['--queue=bullmq']);
    expect(of('queue')[0]).toMatchObject({ state: 'ok', message: expect.stringMatching(/^Redis \d/) });
    expect(of('eviction policy')).toMatchObject([{ state: 'ok', message: 'noeviction' }]);
    const away = await examine(live(), { REDIS_URL: 'redis://127.0.0.1:1' }, ['--queue=bullmq']);
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
    const before = await examine(live(), {}, ['--queue=pg-boss']);
    expect(before.of('queue')).toMatchObject([{ state: 'warning' }]);
    const orderId = await host.insert({}, 5);
    const simulator = live();
    const server = servers[servers.push(await startSimulatorServer(simulator)) - 1];
    const environment = {
      CBB_API_URL: server?.url,
      CBB_API_KEY: simulator.apiKey,
      DATABASE_URL: host.url,
    };
    await invoke(['sweep', '--queue=pg-boss'], environment);
    // The account becomes known with the first command that asks the service.
    await invoke(['sync-order', `--order-id=${orderId}`], environment);
    const after = await examine(live(), {}, ['--queue=pg-boss']);
    expect(after.of('queue')).toMatchObject([{ state: 'ok', message: expect.stringContaining('singleton') }]);
    const named = ['--queue=pg-boss', '--queue-name=other', '--queue-schema=elsewhere'];
    expect((await examine(live(), {}, named)).of('queue')).toMatchObject([{ state: 'warning' }]);
    await host.pool.query("UPDATE orders SET cbb_sync_status = 'failed'");
    await invoke(['retry-failed', ...named], { DATABASE_URL: host.url });
    expect((await examine(live(), {}, named)).of('queue')).toMatchObject([{ state: 'ok' }]);
    await host.pool.query("UPDATE pgboss.queue SET policy = 'standard'");
    const wrong = await examine(live(), {}, ['--queue=pg-boss']);
    expect(wrong.of('queue')).toMatchObject([{ state: 'failure' }]);
  });
});

it('warns of a clock that differs', () => {
  expect(checkClock([])).toEqual([]);
  expect(checkClock([{ of: 'the service', aheadMs: 900 }])).toMatchObject([{ state: 'ok' }]);
  const readings = [
    { of: 'the service', aheadMs: 61_000 },
    { of: 'the database', aheadMs: -7_000 },
  ];
  expect(checkClock(readings).map(({ message }) => message)).toEqual([
    '61 s behind that of the service',
    '7 s ahead of that of the database',
  ]);
});
