import { readConfiguration } from '../src/configuration/configuration';

const complete = {
  CBB_API_KEY: 'a-key',
  DATABASE_URL: 'postgresql://127.0.0.1/orders',
  REDIS_URL: 'redis://127.0.0.1',
  WEBHOOK_KEY_SHA256: `${'0'.repeat(64)}, ${'A'.repeat(64)}`,
  DASHBOARD_PASSWORD: 'long enough for this',
};

function problemsOf(environment: Record<string, string>): readonly string[] {
  return readConfiguration(environment).match(
    () => [],
    (problems) => problems,
  );
}

it('reads a complete environment, with defaults', () => {
  const configuration = readConfiguration(complete)._unsafeUnwrap();
  expect(configuration).toMatchObject({
    port: 3000,
    workerPort: 3001,
    sweepIntervalMs: 30_000,
    queuePrefix: 'bull',
  });
  expect(configuration.databaseDirectUrl).toBe(complete.DATABASE_URL);
  expect(configuration.webhookKeyHashes).toHaveLength(2);
});

it('lists everything that is missing', () => {
  expect(problemsOf({}).map((problem) => problem.split(' ')[0])).toEqual(
    Object.keys(complete).sort(byPosition),
  );
});

it('names what is wrong, never what it is', () => {
  const problems = problemsOf({
    ...complete,
    DATABASE_URL: 'secret',
    WEBHOOK_KEY_SHA256: 'secret',
    DASHBOARD_PASSWORD: 'secret',
    PORT: 'secret',
    SWEEP_INTERVAL_MS: '5',
    CBB_SYNC_CONCURENCY: 'secret',
  });
  expect(problems).toEqual([
    'DATABASE_URL must be a URL that begins with postgres:// or postgresql://',
    'CBB_SYNC_CONCURENCY is not a known setting',
    'SWEEP_INTERVAL_MS must be milliseconds, at least 100',
    'WEBHOOK_KEY_SHA256 must hold SHA-256 digests in hex, separated by commas',
    'DASHBOARD_PASSWORD must have at least 12 characters',
    'PORT must be a port',
  ]);
});

function byPosition(a: string, b: string): number {
  const names = Object.keys(complete);
  return names.indexOf(a) - names.indexOf(b);
}
