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
