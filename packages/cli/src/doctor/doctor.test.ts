import { createSimulator } from '@visanet/cbb-testkit';
import { describe, expect, it } from 'vitest';
import { live, useDoctor } from '../../test/doctor-bench.ts';
import { invoke } from '../../test/invoke.ts';
import { checkClock } from './check-clock.ts';

const bench = useDoctor();

it('finds nothing to mend where all is well', async () => {
  const settings = { CBB_ACCOUNT_ID: '1000001' };
  const { code, checks } = await bench.examine(live(), settings);
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
    'account',
    'direct connection',
    'queue',
    'clock',
  ]);
});

it('prints a line for each check, with its remedy below', async () => {
  const simulator = createSimulator();
  const { code, stdout } = await invoke(['doctor'], {
    CBB_API_URL: await bench.serve(simulator),
    CBB_API_KEY: simulator.apiKey,
    DATABASE_URL: bench.host.url,
  });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ok +contract +the host speaks plan$/m);
  expect(stdout).toMatch(/^warning +direct connection .*\n +-> set DATABASE_DIRECT_URL/m);
});

it('lists wrong configuration whole, with code 2', async () => {
  const { code, stderr } = await bench.examine(live(), { CBB_API_KEY: '', DATABASE_URL: '', CBB_TYPO: '1' });
  expect(code).toBe(2);
  for (const name of ['CBB_API_KEY', 'DATABASE_URL', 'CBB_TYPO']) expect(stderr).toContain(name);
});

describe('without what proves the account, all else is looked at', () => {
  const away = { CBB_API_URL: 'http://127.0.0.1:1/api' };
  it.each([
    ['a key', { CBB_API_KEY: '' }, 'key', 'CBB_API_KEY must be set'],
    ['a service that answers', away, 'contract', 'the connection failed'],
  ])('%s', async (_, settings, check, words) => {
    const redis = { REDIS_URL: process.env.REDIS_URL ?? '' };
    const { code, checks, of } = await bench.examine(live(), { ...settings, ...redis }, ['--queue=bullmq']);
    expect(code).toBe(1);
    expect(checks.filter(({ state }) => state === 'failure')).toEqual(of(check));
    expect(of(check)[0]?.message).toContain(words);
    expect(of('migrations')).toMatchObject([{ state: 'ok' }]);
    expect(of('queue')[0]?.message).toContain('Redis');
  });

  it('with the mapping of the contract that the database keeps', async () => {
    await keep('v1.1', '7');
    const { of } = await bench.examine(live(), { CBB_API_KEY: '' });
    expect(of('account')).toMatchObject([{ state: 'ok', message: expect.stringContaining('v1.1/7') }]);
  });
});

async function keep(contract: string, account: string): Promise<void> {
  await bench.host.pool.query(
    `INSERT INTO cbb_sync_scope (contract, account, database_name, database_oid)
      SELECT $1, $2, datname, oid::text FROM pg_database WHERE datname = current_database()`,
    [contract, account],
  );
}

it('tells a database of another account than that of the key', async () => {
  await keep('v1.1', '7');
  const { code, of } = await bench.examine(live());
  expect(code).toBe(1);
  const message = expect.stringMatching(/v1\.1\/7, but the service proved v1\.1\/1000001/);
  expect(of('account')).toMatchObject([
    { state: 'failure', message, remedy: expect.stringContaining('cbb adopt') },
  ]);
});

describe('configuration', () => {
  it.each([
    [{ ENABLE_CBB_SYNC: 'false' }, 'switched off'],
    [{ CBB_SYNC_DRY_RUN: 'true' }, 'runs dry'],
    [{ CBB_HASH_SECRET: '' }, 'CBB_HASH_SECRET'],
  ])('%o is worth a warning', async (settings, message) => {
    const { code, of } = await bench.examine(live(), settings);
    expect(code).toBe(0);
    expect(of('configuration')).toMatchObject([
      { state: 'warning', message: expect.stringContaining(message) },
    ]);
  });

  it('tells the share of the rollout', async () => {
    const { of } = await bench.examine(live(), { CBB_SYNC_ROLLOUT_PERCENT: '10' });
    expect(of('configuration')[0]?.message).toContain('10 % of customers');
  });
});

it('tells settings on which nothing acts', async () => {
  const { of } = await bench.examine(live(), { CBB_SYNC_ALERT_EMAIL: 'ops@example.test' });
  expect(of('configuration')).toContainEqual(
    expect.objectContaining({ state: 'warning', message: expect.stringContaining('CBB_SYNC_ALERT_EMAIL') }),
  );
});

it('writes nothing unless it is told to', async () => {
  const simulator = live();
  await bench.examine(simulator);
  expect(Object.keys(simulator.counts).sort()).toEqual(['getAccount', 'listCustomFields']);
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
