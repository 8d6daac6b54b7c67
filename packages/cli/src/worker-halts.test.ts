import { randomUUID } from 'node:crypto';
import { createSimulator, type SimulatorServer, startSimulatorServer } from '@visanet/cbb-testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHostDatabase, type HostDatabase } from '../test/host.ts';
import { invoke, type RunningInvocation, start } from '../test/invoke.ts';

const simulator = createSimulator({ seed: 1 });
let server: SimulatorServer;
let host: HostDatabase;
let running: RunningInvocation | null = null;

beforeAll(async () => {
  server = await startSimulatorServer(simulator);
});
afterAll(() => server.close());
beforeEach(async () => {
  simulator.reset();
  host = await createHostDatabase();
  await invoke(['migrate'], { DATABASE_URL: host.url });
});
afterEach(async () => {
  running?.stop();
  await running?.ended;
  running = null;
  await host.drop();
});

const environment = (settings: Readonly<Record<string, string>> = {}) => ({
  CBB_API_URL: server.url,
  CBB_API_KEY: simulator.apiKey,
  CBB_API_CONTRACT: 'plan',
  CBB_API_RETRY_ATTEMPTS: '0',
  CBB_SYNC_DELAY_MS: '0',
  DATABASE_URL: host.url,
  REDIS_URL: process.env.REDIS_URL ?? '',
  ...settings,
});

function startWorker(queue: string, settings: Readonly<Record<string, string>> = {}): RunningInvocation {
  const flags = [`--queue=${queue}`, `--queue-prefix=cli-${randomUUID()}`, '--sweep-interval-ms=50'];
  running = start(['worker', ...flags, '--json'], environment(settings));
  return running;
}

const untilLogged = (worker: RunningInvocation, text: string) =>
  expect.poll(worker.stderr, { timeout: 20_000 }).toContain(text);

/** The lines of the log that are told of this event. */
const lines = (stderr: string, event: string) =>
  stderr
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .filter((line) => line.event === event);

/** Ended by itself, with code 1 and one line that says why. */
async function haltOf(worker: RunningInvocation): Promise<string> {
  const { code, stderr, documents } = await worker.ended;
  const told = lines(stderr, 'worker-halted');
  expect({ code, told, documents }).toMatchObject({
    code: 1,
    told: [{ level: 'error' }],
    documents: [{ command: 'worker' }],
  });
  expect(documents[0]?.reason).toBe(told[0].reason);
  return `${told[0].reason}: ${told[0].message}`;
}

describe.each(['function', 'bullmq', 'pg-boss'])('a running worker on %s', (queue) => {
  it.each([
    [
      'a column of the host is renamed',
      'ALTER TABLE orders RENAME COLUMN product_country TO country',
      /^misconfigured: .*product_country/,
    ],
    [
      'a column of ours is renamed',
      'ALTER TABLE orders RENAME COLUMN cbb_sync_due_at TO due',
      /^misconfigured: .*cbb_sync_due_at.*cbb migrate/,
    ],
    [
      'a table of ours is gone',
      'DROP TABLE cbb_sync_ledger',
      /^misconfigured: .*cbb_sync_ledger.*cbb migrate/,
    ],
    [
      'the table is renamed',
      'ALTER TABLE orders RENAME TO sales',
      /^misconfigured: .*orders.*(check the configured names|store\.table)/,
    ],
  ])('halts when %s, and says what and what to do', async (_, sql, says) => {
    const worker = startWorker(queue);
    await untilLogged(worker, 'worker-started');
    await host.insert();
    await host.pool.query(sql);
    // What is still under way ends first.
    expect(await haltOf(worker)).toMatch(says);
  });

  it('halts when the key is rejected', async () => {
    const worker = startWorker(queue);
    await untilLogged(worker, 'worker-started');
    simulator.failNext({ kind: 'key_rejected' }, {}, 9);
    await host.insert();
    expect(await haltOf(worker)).toMatch(/^key_rejected: .*CBB_API_KEY/);
  });
});

describe('a worker does not start', () => {
  it.each([
    [
      'with an account that is not the stored one',
      "INSERT INTO cbb_sync_scope (contract, account, database_name, database_oid) SELECT 'v1.1', '7', datname, oid::text FROM pg_database WHERE datname = current_database()",
      /v1\.1\/7.*CBB_API_CONTRACT is plan/,
    ],
    [
      'on a restored database',
      "INSERT INTO cbb_sync_scope (contract, account, database_name, database_oid) VALUES ('plan', 'default', current_database(), '1')",
      /copy or was restored/,
    ],
    [
      'on a schema of an older version',
      "COMMENT ON TABLE cbb_sync_ledger IS 'cbb-sync schema 0'",
      /version 0, but version \d+ is needed.*cbb migrate/,
    ],
    [
      'on a table without a unique order id',
      'ALTER TABLE orders DROP CONSTRAINT orders_order_id_key CASCADE',
      /order_id has no primary key or unique index/,
    ],
  ])('%s: code 1, and why', async (_, sql, says) => {
    await host.pool.query(sql);
    const { code, stderr } = await startWorker('function').ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(says);
  });

  it('while the sync is switched off: code 2', async () => {
    const { code, stderr } = await startWorker('function', { ENABLE_CBB_SYNC: 'false' }).ended;
    expect(code).toBe(2);
    expect(stderr).toContain('ENABLE_CBB_SYNC is false');
  });
});

describe('row-level security under which the role sees no order', () => {
  async function limitedUrl(): Promise<string> {
    const role = new URL(host.url).pathname.slice(1);
    await host.pool.query(`CREATE ROLE ${role} LOGIN;
      GRANT ALL ON ALL TABLES IN SCHEMA public TO ${role}; ALTER TABLE orders ENABLE ROW LEVEL SECURITY`);
    return Object.assign(new URL(host.url), { username: role, password: '' }).href;
  }

  it('is told by a worker as a warning, with what to do', async () => {
    await host.insert();
    const url = await limitedUrl();
    const worker = startWorker('function', { DATABASE_URL: url });
    await untilLogged(worker, 'orders-hidden');
    worker.stop();
    const [told] = lines((await worker.ended).stderr, 'orders-hidden');
    await host.pool.query(`DROP OWNED BY ${new URL(url).username}`);
    await host.pool.query(`DROP ROLE ${new URL(url).username}`);
    expect(told).toMatchObject({
      level: 'warn',
      message: expect.stringContaining('sees no order at all'),
      remedy: expect.stringContaining('a role that bypasses it'),
    });
  });

  it('is no matter where the role is exempt', async () => {
    await host.insert();
    await host.pool.query('ALTER TABLE orders ENABLE ROW LEVEL SECURITY');
    const worker = startWorker('function');
    await untilLogged(worker, 'worker-started');
    worker.stop();
    expect((await worker.ended).stderr).not.toContain('orders-hidden');
  });
});
