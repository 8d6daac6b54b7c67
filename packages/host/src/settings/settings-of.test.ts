import { type EnvironmentName, environmentNames, parseEnvironment } from '@visanet/cbb-sync';
import { describe, expect, it } from 'vitest';
import type { HostSettings, SettingsOverrides } from './host-settings.ts';
import { settingsOf } from './settings-of.ts';

function settings(
  environment: Partial<Record<EnvironmentName, string>>,
  overrides?: SettingsOverrides,
): HostSettings {
  return parseEnvironment(environment)
    .andThen((configuration) => settingsOf(configuration, overrides))
    ._unsafeUnwrap();
}

function problems(environment: Partial<Record<EnvironmentName, string>>, overrides?: SettingsOverrides) {
  const error = parseEnvironment(environment)
    .andThen((configuration) => settingsOf(configuration, overrides))
    ._unsafeUnwrapErr();
  return 'problems' in error ? error.problems : [];
}

interface Effect {
  readonly value: string;
  readonly read: (settings: HostSettings) => unknown;
  readonly is: unknown;
}

/** What each setting does. A setting without a line here does not compile; one without an effect fails. */
const effects: Readonly<Record<EnvironmentName, Effect>> = {
  CBB_API_URL: { value: 'http://127.0.0.1/api', read: (s) => s.client.baseUrl, is: 'http://127.0.0.1/api' },
  CBB_API_KEY: { value: 'key', read: (s) => s.client.apiKey, is: 'key' },
  CBB_API_TIMEOUT: { value: '5000', read: (s) => s.client.timeoutMs, is: 5_000 },
  CBB_API_RETRY_ATTEMPTS: { value: '7', read: (s) => s.client.attempts, is: 8 },
  CBB_API_CONTRACT: { value: 'v1.1', read: (s) => s.contract, is: 'v1.1' },
  CBB_API_RATE_LIMIT: {
    value: '60',
    read: (s) => s.requestsPerMinute,
    is: { plan: 60, 'v1.1': 60 },
  },
  CBB_ACCOUNT_ID: { value: '123', read: (s) => s.accountId, is: '123' },
  ENABLE_CBB_SYNC: { value: 'false', read: (s) => s.engine.mode, is: 'off' },
  CBB_SYNC_DRY_RUN: { value: 'true', read: (s) => s.engine.mode, is: 'dry_run' },
  CBB_SYNC_BATCH_SIZE: { value: '50', read: (s) => s.queue.sweepBatchSize, is: 50 },
  CBB_SYNC_CONCURRENCY: {
    value: '8',
    read: (s) => [s.worker.concurrency, s.database.maxConnections],
    is: [8, 10],
  },
  CBB_SYNC_DELAY_MS: { value: '0', read: (s) => s.worker.announcedDelayMs, is: 0 },
  CBB_SYNC_ROLLOUT_PERCENT: { value: '25', read: (s) => s.engine.rolloutPercent, is: 25 },
  CBB_HASH_SECRET: {
    value: 'a secret of some length',
    read: (s) => s.engine.hashSecret,
    is: 'a secret of some length',
  },
  CBB_SYNC_ALERT_THRESHOLD: {
    value: '0.9',
    read: (s) => s.withoutEffect,
    is: ['CBB_SYNC_ALERT_THRESHOLD'],
  },
  CBB_SYNC_ALERT_EMAIL: {
    value: 'ops@example.test',
    read: (s) => s.withoutEffect,
    is: ['CBB_SYNC_ALERT_EMAIL'],
  },
  DATABASE_URL: { value: 'postgres://db/orders', read: (s) => s.database.url, is: 'postgres://db/orders' },
  DATABASE_DIRECT_URL: {
    value: 'postgres://db/orders',
    read: (s) => s.database.directUrl,
    is: 'postgres://db/orders',
  },
  REDIS_URL: { value: 'redis://queue', read: (s) => s.redisUrl, is: 'redis://queue' },
  SMTP_URL: { value: 'smtp://mail', read: (s) => s.withoutEffect, is: ['SMTP_URL'] },
};

it.each(environmentNames)('%s has its effect', (name) => {
  const { value, read, is } = effects[name];
  expect(read(settings({}))).not.toEqual(is);
  expect(read(settings({ [name]: value }))).toEqual(is);
});

it('has a limit on v1.1 alone unless one is set', () => {
  expect(settings({}).requestsPerMinute).toEqual({ plan: null, 'v1.1': 90 });
});

describe('the times of a request, a call and a lease', () => {
  it('fit into each other by default', () => {
    const { client, engine } = settings({});
    expect([client.timeoutMs, client.deadlineMs, engine.leaseMs]).toEqual([30_000, 45_000, 60_000]);
  });

  it.each([1, 1_000, 44_999, 45_000, 120_000, 600_000])(
    'leave room for a retry at a timeout of %d ms',
    (ms) => {
      const { client, engine } = settings({ CBB_API_TIMEOUT: String(ms) });
      expect(client.timeoutMs).toBe(ms);
      expect(client.deadlineMs).toBeGreaterThanOrEqual(Math.ceil(1.5 * ms));
      expect(engine.leaseMs).toBeGreaterThanOrEqual(client.deadlineMs + 5_000);
    },
  );

  it.each(Array.from({ length: 11 }, (_, attempts) => attempts))('allow %d retries', (attempts) => {
    expect(settings({ CBB_API_RETRY_ATTEMPTS: String(attempts) }).client.attempts).toBe(attempts + 1);
  });

  it('follow a lease that the host chose', () => {
    const { client, database } = settings({ CBB_API_TIMEOUT: '1000' }, { leaseMs: 4_000 });
    expect([client.deadlineMs, database.statementMs]).toEqual([3_600, 4_000]);
  });

  it('are refused where they contradict each other', () => {
    expect(problems({}, { leaseMs: 3_000 })).toEqual([
      'one request may take 30000 ms (CBB_API_TIMEOUT), but a whole call only 2700 ms: shorten the request, or lengthen call and lease',
    ]);
    expect(problems({ CBB_API_TIMEOUT: '1000' }, { leaseMs: 60_000, deadlineMs: 58_000 })).toEqual([
      'a call may take 58000 ms, but a lease of 60000 ms leaves it 55000 ms',
    ]);
  });
});
