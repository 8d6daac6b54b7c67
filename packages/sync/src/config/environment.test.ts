import { describe, expect, it } from 'vitest';
import { accountOnPlan, parseEnvironment } from './environment.ts';
import { environmentNames } from './environment-names.ts';

function configuration(environment: Record<string, string | undefined>) {
  return parseEnvironment(environment)._unsafeUnwrap();
}

function problems(environment: Record<string, string>, required: readonly string[] = []): readonly string[] {
  const error = parseEnvironment(environment, { required })._unsafeUnwrapErr();
  expect(error.kind).toBe('invalid_configuration');
  return error.problems;
}

const defaults = {
  api: {
    url: 'https://app.chatgptbuilder.io/api',
    key: null,
    timeoutMs: 30_000,
    retryAttempts: 3,
    contract: 'auto',
    rateLimitPerMinute: null,
    accountId: null,
  },
  sync: {
    mode: 'on',
    batchSize: 10,
    concurrency: 5,
    delayMs: 2_000,
    rolloutPercent: 100,
    hashSecret: null,
    alertThreshold: null,
    alertEmail: null,
  },
  databaseUrl: null,
  databaseDirectUrl: null,
  redisUrl: null,
  smtpUrl: null,
};

it('has a default for everything', () => {
  expect(configuration({})).toEqual(defaults);
  expect(
    configuration({ CBB_API_KEY: ' ', CBB_API_TIMEOUT: '', CBB_HASH_SECRET: undefined, PATH: '/bin' }),
  ).toEqual(defaults);
});

it('reads every setting', () => {
  expect(
    configuration({
      CBB_API_URL: ' http://127.0.0.1:4010/api ',
      CBB_API_KEY: '123.abc',
      CBB_API_TIMEOUT: '5000',
      CBB_API_RETRY_ATTEMPTS: '0',
      CBB_API_CONTRACT: 'v1.1',
      CBB_API_RATE_LIMIT: '90',
      CBB_ACCOUNT_ID: '123',
      ENABLE_CBB_SYNC: 'true',
      CBB_SYNC_DRY_RUN: 'true',
      CBB_SYNC_BATCH_SIZE: '100',
      CBB_SYNC_CONCURRENCY: '20',
      CBB_SYNC_DELAY_MS: '0',
      CBB_SYNC_ROLLOUT_PERCENT: '25',
      CBB_HASH_SECRET: 'pepper of sixteen',
      CBB_SYNC_ALERT_THRESHOLD: '0.95',
      CBB_SYNC_ALERT_EMAIL: 'ops@example.test',
      DATABASE_URL: 'postgresql://u:p@db.example.test:6432/orders',
      DATABASE_DIRECT_URL: 'postgres://db.example.test/orders',
      REDIS_URL: 'rediss://redis.example.test',
      SMTP_URL: 'smtps://u:p@mail.example.test:465',
    }),
  ).toEqual({
    api: {
      url: 'http://127.0.0.1:4010/api',
      key: '123.abc',
      timeoutMs: 5_000,
      retryAttempts: 0,
      contract: 'v1.1',
      rateLimitPerMinute: 90,
      accountId: '123',
    },
    sync: {
      mode: 'dry_run',
      batchSize: 100,
      concurrency: 20,
      delayMs: 0,
      rolloutPercent: 25,
      hashSecret: 'pepper of sixteen',
      alertThreshold: 0.95,
      alertEmail: 'ops@example.test',
    },
    databaseUrl: 'postgresql://u:p@db.example.test:6432/orders',
    databaseDirectUrl: 'postgres://db.example.test/orders',
    redisUrl: 'rediss://redis.example.test',
    smtpUrl: 'smtps://u:p@mail.example.test:465',
  });
});

it('is off, dry or on', () => {
  expect(configuration({ ENABLE_CBB_SYNC: 'false' }).sync.mode).toBe('off');
  expect(configuration({ ENABLE_CBB_SYNC: 'false', CBB_SYNC_DRY_RUN: 'true' }).sync.mode).toBe('off');
  expect(configuration({ CBB_SYNC_DRY_RUN: 'false' }).sync.mode).toBe('on');
});

describe('a wrong value is a problem that does not repeat it', () => {
  it.each([
    [
      'CBB_API_URL',
      'a URL that begins with https:// or http://',
      ['example.test', 'ftp://example.test', 'https:', 'https://'],
    ],
    ['CBB_API_KEY', 'one word of ASCII characters', ['two words', 'ключ', 'a\u007F']],
    [
      'CBB_API_TIMEOUT',
      'a whole number of milliseconds from 1 to 600000',
      ['0', '600001', '1.5', '-1', '30s', '1e3'],
    ],
    ['CBB_API_RETRY_ATTEMPTS', 'a whole number from 0 to 10', ['11', 'x']],
    ['CBB_API_CONTRACT', 'one of plan, v1.1, auto', ['v1', 'PLAN']],
    ['CBB_API_RATE_LIMIT', 'a whole number of requests per minute from 1 to 60000', ['0', '60001']],
    ['ENABLE_CBB_SYNC', 'true or false', ['1', 'TRUE', 'yes']],
    ['CBB_SYNC_DRY_RUN', 'true or false', ['0', 'on']],
    ['CBB_SYNC_BATCH_SIZE', 'a whole number from 1 to 10000', ['0', '10001']],
    ['CBB_SYNC_CONCURRENCY', 'a whole number from 1 to 1000', ['0', '1001']],
    ['CBB_SYNC_DELAY_MS', 'a whole number of milliseconds from 0 to 86400000', ['86400001']],
    ['CBB_SYNC_ROLLOUT_PERCENT', 'a whole number from 0 to 100', ['101', '5.5']],
    ['CBB_HASH_SECRET', 'a text of at least 16 characters', ['fifteen letters']],
    ['CBB_SYNC_ALERT_THRESHOLD', 'a number from 0 to 1', ['1.1', '90%', '.9', '-0.5']],
    ['CBB_SYNC_ALERT_EMAIL', 'an e-mail address', ['ops']],
    ['DATABASE_URL', 'a URL that begins with postgres:// or postgresql://', ['mysql://db.example.test/x']],
    ['DATABASE_DIRECT_URL', 'a URL that begins with postgres:// or postgresql://', ['db']],
    ['REDIS_URL', 'a URL that begins with redis:// or rediss://', ['http://redis.example.test']],
    ['SMTP_URL', 'a URL that begins with smtp:// or smtps://', ['mail.example.test:25']],
  ])('%s must be %s', (name, rule, values) => {
    for (const value of values) expect(problems({ [name]: value })).toEqual([`${name} must be ${rule}`]);
  });

  it('at the ends of a range a value is good', () => {
    expect(configuration({ CBB_API_TIMEOUT: '600000', CBB_SYNC_ALERT_THRESHOLD: '1' }).api.timeoutMs).toBe(
      600_000,
    );
    expect(configuration({ CBB_API_TIMEOUT: '1', CBB_SYNC_ALERT_THRESHOLD: '0' }).sync.alertThreshold).toBe(
      0,
    );
    expect(configuration({ CBB_SYNC_ROLLOUT_PERCENT: '0' }).sync.rolloutPercent).toBe(0);
  });
});

it('lists every problem at once: wrong values, settings that are required, settings that nobody knows', () => {
  const environment = {
    CBB_API_TIMEOUT: 'x',
    CBB_SYNC_DRY_RUN: 'y',
    CBB_API_TIMOUT: '1',
    CBB_: '1',
    XCBB_A: '1',
  };
  expect(problems(environment, ['CBB_API_KEY', 'DATABASE_URL'])).toEqual([
    'CBB_API_TIMEOUT must be a whole number of milliseconds from 1 to 600000',
    'CBB_SYNC_DRY_RUN must be true or false',
    'CBB_API_KEY must be set',
    'DATABASE_URL must be set',
    'CBB_API_TIMOUT is not a known setting',
    'CBB_ is not a known setting',
  ]);
  expect(parseEnvironment({ CBB_API_KEY: 'k' }, { required: ['CBB_API_KEY'] }).isOk()).toBe(true);
});

it('takes no account on plan, where nothing could prove it', () => {
  const settings = { CBB_API_CONTRACT: 'plan', CBB_ACCOUNT_ID: '123' };
  expect(problems(settings)).toEqual([accountOnPlan]);
  expect(parseEnvironment({ CBB_ACCOUNT_ID: '123' }).isOk()).toBe(true);
});

it('knows its names', () => {
  const everyName = Object.fromEntries(environmentNames.map((name) => [name, '']));
  expect(parseEnvironment(everyName).isOk()).toBe(true);
});
