import { describe, expect, it } from 'vitest';
import { invoke } from '../test/invoke.ts';

const secrets = {
  CBB_API_KEY: '1000001.very-secret-key',
  DATABASE_URL: 'postgres://someone:hunter2@db.example.test/orders',
};

describe('help', () => {
  it('lists the commands, and the flags of one', async () => {
    const all = await invoke(['--help']);
    expect(all).toMatchObject({ code: 0, stderr: '' });
    for (const name of ['worker', 'sweep', 'sync-order', 'retry-failed', 'migrate', 'simulate']) {
      expect(all.stdout).toContain(` ${name} `);
    }
    const one = await invoke(['worker', '--help']);
    expect(one.code).toBe(0);
    expect(one.stdout).toContain('--lease-ms=<ms>');
    expect((await invoke(['help', 'worker'])).stdout).toBe(one.stdout);
    expect(one.stdout).not.toContain('\u001b');
  });

  it('tells the version', async () => {
    expect(await invoke(['--version'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });
});

describe('wrong use ends with code 2', () => {
  it('without a command, and with one that is unknown', async () => {
    const none = await invoke([]);
    expect(none).toMatchObject({ code: 2, stdout: '' });
    expect(none.stderr).toContain('no command is given');
    const unknown = await invoke(['wroker']);
    expect(unknown).toMatchObject({ code: 2, stdout: '' });
    expect(unknown.stderr).toContain('there is no such command');
  });

  it('with every problem at once, and without repeating a value', async () => {
    const { code, stdout, stderr } = await invoke([
      'worker',
      '--lease=5',
      '--lease-ms=soon-4242',
      '--queue=rabbit-4242',
      '--concurrency=0',
      '--no-listen=4242',
      'extra-4242',
    ]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).not.toContain('4242');
    for (const problem of [
      '--lease is not an option',
      '--lease-ms must be a whole number from 1 to',
      '--queue must be one of function, bullmq, pg-boss',
      '--concurrency must be a whole number from 1 to 1000',
      '--no-listen takes no value',
      'only options are taken',
      'see: cbb worker --help',
    ]) {
      expect(stderr).toContain(problem);
    }
  });

  it.each([
    [['sync-order'], '--order-id must be given'],
    [['sync-order', '--order-id'], '--order-id needs a value'],
    [['sync-order', '--order-id='], '--order-id needs a value'],
    [['sync-order', '--order-id=IL1', '--read'], '--read goes with --dry-run'],
    [['retry-failed', '--older-than=soon'], '--older-than must be a time such as 90s, 5m, 1h or 2d'],
    [['simulate', '--faults=2'], '--faults must be a number from 0 to 1'],
    [['migrate', '-x'], '--x is not an option'],
    [['migrate', '--json=no'], '--json takes no value'],
  ])('%s', async (argv, problem) => {
    const { code, stderr } = await invoke(argv);
    expect(code).toBe(2);
    expect(stderr).toContain(problem);
  });

  it('as a JSON document too', async () => {
    const { code, documents } = await invoke(['sync-order', '--json']);
    expect(code).toBe(2);
    expect(documents).toEqual([
      { error: { kind: 'invalid_usage', message: expect.any(String), problems: expect.any(Array) } },
    ]);
  });
});

describe('wrong configuration ends with code 2', () => {
  it('with every problem at once, and without a secret', async () => {
    const environment = {
      ...secrets,
      DATABASE_URL: 'mysql://someone:hunter2@db.example.test/orders',
      CBB_API_TIMEOUT: 'soon',
      CBB_TYPO: 'x',
      CBB_HASH_SECRET: 'short-pepper',
    };
    const { code, documents, stderr } = await invoke(['worker', '--queue=bullmq', '--json'], environment);
    expect(code).toBe(2);
    expect(documents).toEqual([
      {
        error: {
          kind: 'invalid_configuration',
          message: 'the configuration cannot be used',
          problems: [
            'CBB_API_TIMEOUT must be a whole number of milliseconds from 1 to 600000',
            'CBB_HASH_SECRET must be a text of at least 16 characters',
            'DATABASE_URL must be a URL that begins with postgres:// or postgresql://',
            'REDIS_URL must be set',
            'CBB_TYPO is not a known setting',
          ],
        },
      },
    ]);
    expect(stderr + JSON.stringify(documents)).not.toMatch(/hunter2|very-secret|pepper/);
  });

  it.each([
    ['worker', { ENABLE_CBB_SYNC: 'false' }, 'ENABLE_CBB_SYNC is false'],
    ['worker', { CBB_SYNC_DRY_RUN: 'true' }, 'CBB_SYNC_DRY_RUN is true'],
    ['sweep', { ENABLE_CBB_SYNC: 'false' }, 'ENABLE_CBB_SYNC is false'],
    ['sync-order --order-id=IL1', { ENABLE_CBB_SYNC: 'false' }, 'ENABLE_CBB_SYNC is false'],
  ])('%s while the sync is off or dry', async (command, settings, message) => {
    const { code, stderr } = await invoke(command.split(' '), { ...secrets, ...settings });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('where the engine refuses a combination', async () => {
    const argv = ['sync-order', '--order-id=IL1', '--lease-ms=1000', '--request-timeout-ms=2000'];
    const { code, stderr } = await invoke(argv, { ...secrets, CBB_API_CONTRACT: 'plan' });
    expect(code).toBe(2);
    expect(stderr).toContain('lengthen call and lease');
  });
});

it('fails with code 1 and without a secret where nothing answers', async () => {
  const environment = {
    ...secrets,
    DATABASE_URL: 'postgres://someone:hunter2@127.0.0.1:1/orders',
    CBB_API_CONTRACT: 'plan',
  };
  const { code, documents, stderr } = await invoke(['sync-order', '--order-id=IL1', '--json'], environment);
  expect(code).toBe(1);
  expect(documents).toMatchObject([{ error: { kind: 'store_unavailable' } }]);
  expect(stderr).not.toContain('hunter2');
});
