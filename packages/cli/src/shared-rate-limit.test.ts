import { createSimulator, type SimulatorServer, startSimulatorServer } from '@visanet/cbb-testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHostDatabase, type HostDatabase } from '../test/host.ts';
import { invoke, start } from '../test/invoke.ts';

const simulator = createSimulator({ seed: 1 });
const live = createSimulator({ contract: 'v1.1', seed: 1, rateLimitPerMinute: 1_000 });
let server: SimulatorServer;
let liveServer: SimulatorServer;
let host: HostDatabase;

beforeAll(async () => {
  server = await startSimulatorServer(simulator);
  liveServer = await startSimulatorServer(live);
});
afterAll(async () => {
  await server.close();
  await liveServer.close();
});
beforeEach(async () => {
  simulator.reset();
  live.reset();
  host = await createHostDatabase();
  await invoke(['migrate'], { DATABASE_URL: host.url });
});
afterEach(() => host.drop());

type Settings = Readonly<Record<string, string>>;

const environment = (settings: Settings = {}) => ({
  CBB_API_URL: server.url,
  CBB_API_KEY: simulator.apiKey,
  CBB_API_CONTRACT: 'plan',
  CBB_API_RETRY_ATTEMPTS: '0',
  DATABASE_URL: host.url,
  ...settings,
});
const onV11 = (settings: Settings = {}) =>
  environment({
    CBB_API_URL: liveServer.url,
    CBB_API_KEY: live.apiKey,
    CBB_API_CONTRACT: 'v1.1',
    ...settings,
  });

let customers = 0;

/** A new order of a new customer; what cannot be sent at once is deferred, unless it may wait. */
async function syncOrder(settings: Settings, maxWaitMs = 0) {
  customers += 1;
  const orderId = await host.insert({}, customers);
  const { documents, stderr } = await invoke(
    ['sync-order', `--order-id=${orderId}`, `--max-wait-ms=${maxWaitMs}`, '--json'],
    settings,
  );
  return { outcome: documents[0]?.outcome, stderr };
}

const storedKeys = async () => (await host.pool.query('SELECT key FROM cbb_rate_limits')).rows;

/** Notes each grant: until the time it writes, nobody who shares the limit is granted another. */
const noteGrants = () =>
  host.pool.query(`
    CREATE TABLE grants (until_ms bigint, held_ms numeric);
    CREATE FUNCTION note_grant() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD IS NULL OR NEW.expire <> OLD.expire THEN
        INSERT INTO grants VALUES (NEW.expire, NEW.expire - extract(epoch FROM clock_timestamp()) * 1000);
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER note_grant AFTER INSERT OR UPDATE ON cbb_rate_limits
      FOR EACH ROW EXECUTE FUNCTION note_grant();
  `);

/** The times between grants that follow each other, in milliseconds. */
async function spacings(): Promise<number[]> {
  const { rows } = await host.pool.query(
    'SELECT until_ms - lag(until_ms) OVER (ORDER BY until_ms) AS "spacingMs" FROM grants',
  );
  return rows.flatMap(({ spacingMs }) => (spacingMs === null ? [] : [Number(spacingMs)]));
}

describe('commands over the same database', () => {
  it('share the limit of their key, which is not stored', async () => {
    const limited = environment({ CBB_API_RATE_LIMIT: '1' });
    expect(await syncOrder(limited)).toEqual({ outcome: 'created', stderr: '' });
    expect(await syncOrder(limited)).toEqual({ outcome: 'deferred', stderr: '' });
    expect(simulator.requests).toHaveLength(1);
    await syncOrder({ ...limited, CBB_API_KEY: 'of-another-account' });
    expect(simulator.requests).toHaveLength(2);
    const keys = await storedKeys();
    expect(keys).toHaveLength(2);
    expect(JSON.stringify(keys)).not.toMatch(/simulator-key|of-another-account/);
  });

  it('space their requests together: two workers', async () => {
    await noteGrants();
    for (let customer = 1; customer <= 10; customer += 1) await host.insert({}, customer);
    const settings = environment({ CBB_API_RATE_LIMIT: '600', CBB_SYNC_BATCH_SIZE: '5' });
    const flags = ['worker', '--sweep-interval-ms=100', '--visibility-ms=100', '--max-wait-ms=20000'];
    const workers = [start(flags, settings), start(flags, settings)];
    await expect.poll(() => simulator.contacts.size, { timeout: 20_000 }).toBe(10);
    for (const worker of workers) worker.stop();
    await Promise.all(workers.map(({ ended }) => ended));
    const between = await spacings();
    expect(between).toHaveLength(simulator.requests.length - 1);
    expect(Math.min(...between)).toBeGreaterThanOrEqual(100);
  });
});

describe('the limit', () => {
  it('is none on plan unless it is set', async () => {
    expect((await syncOrder(environment())).outcome).toBe('created');
    expect((await syncOrder(environment())).outcome).toBe('created');
    expect(await storedKeys()).toEqual([]);
  });

  it('is 90 a minute on v1.1', async () => {
    await noteGrants();
    expect((await syncOrder(onV11(), 5_000)).outcome).toBe('created');
    const between = await spacings();
    // Contract and account are asked for before anybody knows whose limit it is.
    const limited = live.journal.filter(({ operationId }) => operationId !== 'getAccount');
    expect(between).toHaveLength(limited.length - 1);
    expect(Math.min(...between)).toBeGreaterThanOrEqual(666);
    const { rows } = await host.pool.query('SELECT max(held_ms) AS "heldMs" FROM grants');
    expect(Number(rows[0]?.heldMs)).toBeLessThanOrEqual(667);
  });

  it('may be as large as the table can tell apart', async () => {
    const { outcome } = await syncOrder(environment({ CBB_API_RATE_LIMIT: '60000' }));
    expect(outcome).toBe('created');
  });
});

describe('a database without the table', () => {
  beforeEach(() => host.pool.query('DROP TABLE cbb_rate_limits'));

  it('lets no request through, and the command says what to do', async () => {
    const { outcome, stderr } = await syncOrder(environment({ CBB_API_RATE_LIMIT: '60' }));
    expect(outcome).toBe('deferred');
    expect(stderr).toContain('cbb migrate');
    expect(simulator.requests).toHaveLength(0);
  });

  it('is told once by a worker, costs no attempt, and is told by a sweep', async () => {
    for (let customer = 1; customer <= 3; customer += 1) await host.insert({}, customer);
    const settings = environment({ CBB_API_RATE_LIMIT: '60' });
    const worker = start(['worker', '--sweep-interval-ms=100', '--max-wait-ms=0', '--log=json'], settings);
    await expect
      .poll(() => worker.stderr().match(/"outcome":"deferred"/g), { timeout: 20_000 })
      .toHaveLength(3);
    worker.stop();
    const { stderr } = await worker.ended;
    expect(stderr.match(/"event":"rate-limit-failed","error":"table_missing"/g)).toHaveLength(1);
    const { rows } = await host.pool.query(
      'SELECT DISTINCT cbb_sync_status AS status, cbb_sync_attempts AS attempts FROM orders',
    );
    expect(rows).toEqual([{ status: 'pending', attempts: 0 }]);
    await host.insert({}, 4);
    const swept = await invoke(['sweep', '--max-wait-ms=0'], settings);
    expect(swept.stderr).toContain('cbb migrate');
    expect(simulator.requests).toHaveLength(0);
  });
});
