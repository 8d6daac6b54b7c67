import { createSimulator, type SimulatorServer, startSimulatorServer } from '@visanet/cbb-testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHostDatabase, type HostDatabase } from '../test/host.ts';
import { invoke } from '../test/invoke.ts';

const withoutWhatsApp = '447700900199';
const simulator = createSimulator({ seed: 1, hasWhatsApp: (phone) => phone !== withoutWhatsApp });
let server: SimulatorServer;
let host: HostDatabase;

beforeAll(async () => {
  server = await startSimulatorServer(simulator);
  host = await createHostDatabase();
  await invoke(['migrate'], { DATABASE_URL: host.url });
});
afterAll(async () => {
  await server.close();
  await host.drop();
});
beforeEach(() => simulator.reset());
afterEach(() => host.pool.query('TRUNCATE orders, cbb_sync_ledger, cbb_sync_scope, cbb_rate_limits'));

async function sync(orderId: string, flags: readonly string[] = [], settings = {}) {
  const { code, documents } = await invoke(['sync-order', `--order-id=${orderId}`, '--json', ...flags], {
    CBB_API_URL: server.url,
    CBB_API_KEY: simulator.apiKey,
    CBB_API_CONTRACT: 'plan',
    CBB_API_RETRY_ATTEMPTS: '0',
    DATABASE_URL: host.url,
    ...settings,
  });
  return { code, report: documents[0] ?? {} };
}

/** An order whose contact stands already and lacks a change of the order. */
async function changedOrder(): Promise<string> {
  const orderId = await host.insert();
  await sync(orderId);
  await host.pool.query("UPDATE orders SET urgency = 'changed'");
  return orderId;
}

const update = { operationId: 'updateContact' };

describe('flags of the engine', () => {
  it('--look-first looks before it creates', async () => {
    await sync(await host.insert({}, 1));
    expect(simulator.counts).toEqual({ createContact: 1 });
    await sync(await host.insert({}, 2), ['--look-first']);
    expect(simulator.counts).toEqual({ createContact: 2, findContact: 1 });
  });

  it('--check-whatsapp checks although the answer said yes', async () => {
    await sync(await host.insert(), ['--check-whatsapp']);
    expect(simulator.counts).toEqual({ createContact: 1, checkWhatsApp: 1 });
  });

  it('--verify-after reads what was proven longer ago', async () => {
    const orderId = await host.insert();
    await sync(orderId);
    await sync(orderId, ['--verify-after=1h']);
    expect(simulator.counts.findContact).toBeUndefined();
    await sync(orderId, ['--verify-after=1ms']);
    expect(simulator.counts.findContact).toBe(1);
  });

  it('--max-attempts and --max-crashes end an order', async () => {
    const orderId = await changedOrder();
    simulator.failNext({ kind: 'server_error' }, update, 2);
    expect((await sync(orderId, ['--max-attempts=2'])).report.status).toBe('pending');
    await host.pool.query("UPDATE orders SET cbb_sync_failing_since = now() - interval '7 hours'");
    expect((await sync(orderId, ['--max-attempts=2'])).report.status).toBe('failed');
    await host.pool.query("UPDATE orders SET cbb_sync_status = 'syncing', cbb_sync_crashes = 1");
    await host.pool.query(
      'UPDATE cbb_sync_ledger SET lease_token = gen_random_uuid(), lease_expires_at = now()',
    );
    expect((await sync(orderId, ['--max-crashes=1'])).report).toMatchObject({ failure: 'crashed' });
  });

  it('--backoff-base-ms and --backoff-max-ms time the next try', async () => {
    const orderId = await changedOrder();
    simulator.failNext({ kind: 'server_error' }, update, 2);
    const slow = await sync(orderId, ['--backoff-base-ms=1000000', '--backoff-max-ms=2000000']);
    expect(slow.report.next).toMatchObject({ kind: 'retry', afterMs: expect.toSatisfy((ms) => ms > 60_000) });
    const capped = await sync(orderId, ['--backoff-base-ms=1000000', '--backoff-max-ms=10']);
    expect(capped.report.next).toMatchObject({ kind: 'retry', afterMs: expect.toSatisfy((ms) => ms <= 10) });
  });

  it('--max-wait-ms defers rather than wait', async () => {
    const orderId = await changedOrder();
    simulator.failNext({ kind: 'rate_limited', retryAfterMs: 1_000 }, update, 2);
    const settings = { CBB_API_RETRY_ATTEMPTS: '1' };
    expect((await sync(orderId, ['--max-wait-ms=0'], settings)).report.outcome).toBe('deferred');
    expect((await sync(orderId, [], settings)).report.outcome).toBe('updated');
  });
});

describe('flags of the client', () => {
  it('--request-timeout-ms and CBB_API_TIMEOUT end a request', async () => {
    const orderId = await changedOrder();
    simulator.failNext({ kind: 'hang' }, update, 2);
    expect((await sync(orderId, ['--request-timeout-ms=100'])).report.failure).toBe('timeout');
    expect((await sync(orderId, [], { CBB_API_TIMEOUT: '100' })).report.failure).toBe('timeout');
  });

  it('--retry-base-ms shortens the waits between requests', async () => {
    const orderId = await changedOrder();
    simulator.failNext({ kind: 'server_error' }, update, 4);
    const startedAt = performance.now();
    const { report } = await sync(orderId, ['--retry-base-ms=0'], { CBB_API_RETRY_ATTEMPTS: '4' });
    expect(report.outcome).toBe('updated');
    expect(performance.now() - startedAt).toBeLessThan(2_500);
  });

  it('--circuit-open-ms tries again sooner', async () => {
    const orderId = await changedOrder();
    const settings = { CBB_API_RETRY_ATTEMPTS: '8' };
    simulator.failNext({ kind: 'server_error' }, update, 5);
    const patient = await sync(orderId, ['--retry-base-ms=0'], settings);
    expect(patient.report).toMatchObject({ outcome: 'failed', status: 'pending' });
    simulator.failNext({ kind: 'server_error' }, update, 5);
    const soon = await sync(orderId, ['--retry-base-ms=0', '--circuit-open-ms=20'], settings);
    expect(soon.report.outcome).toBe('updated');
  });
});

describe('settings of the environment', () => {
  it('CBB_API_RETRY_ATTEMPTS repeats a request', async () => {
    const orderId = await changedOrder();
    simulator.failNext({ kind: 'server_error' }, update);
    const settings = { CBB_API_RETRY_ATTEMPTS: '10' };
    expect((await sync(orderId, ['--retry-base-ms=0'], settings)).report.outcome).toBe('updated');
    expect(simulator.counts.updateContact).toBe(2);
  });

  it('CBB_API_RATE_LIMIT holds requests back', async () => {
    const orderId = await host.insert({ client_phone: withoutWhatsApp });
    const { report } = await sync(orderId, ['--max-wait-ms=0'], { CBB_API_RATE_LIMIT: '1' });
    expect(report.outcome).toBe('deferred');
    expect(simulator.journal).toHaveLength(1);
  });

  it('CBB_SYNC_ROLLOUT_PERCENT leaves customers alone', async () => {
    const orderId = await host.insert();
    const { report } = await sync(orderId, [], { CBB_SYNC_ROLLOUT_PERCENT: '0' });
    expect(report).toMatchObject({ status: 'pending', reason: 'outside_rollout' });
    expect(simulator.journal).toHaveLength(0);
  });

  it('CBB_HASH_SECRET keys what is remembered', async () => {
    const orderId = await host.insert();
    const [first, second] = [
      { CBB_HASH_SECRET: 'the first secret' },
      { CBB_HASH_SECRET: 'the second secret' },
    ];
    await sync(orderId, [], first);
    const again = () => host.pool.query("UPDATE orders SET cbb_sync_status = 'pending'");
    await again();
    expect((await sync(orderId, [], first)).report.outcome).toBe('unchanged');
    await again();
    expect((await sync(orderId, [], second)).report.outcome).toBe('updated');
  });

  it('CBB_SYNC_DRY_RUN makes retry-failed count only', async () => {
    const orderId = await host.insert();
    await host.pool.query("UPDATE orders SET cbb_sync_status = 'failed'");
    const settings = { DATABASE_URL: host.url, CBB_SYNC_DRY_RUN: 'true' };
    const { documents } = await invoke(['retry-failed', '--json'], settings);
    expect(documents).toEqual([{ dryRun: true, failed: 1, leftOut: 0 }]);
    expect(await host.statusOf(orderId)).toBe('failed');
  });
});

describe('contract v1.1', () => {
  const live = createSimulator({ contract: 'v1.1', seed: 1, rateLimitPerMinute: 1_000 });
  let liveServer: SimulatorServer;
  beforeAll(async () => {
    liveServer = await startSimulatorServer(live);
  });
  afterAll(() => liveServer.close());
  beforeEach(() => live.reset());

  const settings = (more = {}) => ({
    CBB_API_URL: liveServer.url,
    CBB_API_KEY: live.apiKey,
    CBB_API_CONTRACT: 'auto',
    ...more,
  });

  it('is found out, and syncs the same order', async () => {
    const orderId = await host.insert();
    const { code, report } = await sync(orderId, [], settings());
    expect({ code, report }).toMatchObject({ code: 0, report: { outcome: 'created', status: 'synced' } });
    expect(live.contacts.size).toBe(1);
  });

  it('--update-strategy writes many fields in one request', async () => {
    const orderId = await host.insert();
    await sync(orderId, [], settings());
    await host.pool.query("UPDATE orders SET urgency = 'changed', branch = 'uk', product_country = 'fr'");
    const before = live.counts.sendContent ?? 0;
    const { report } = await sync(orderId, ['--update-strategy=actions'], settings());
    expect(report).toMatchObject({ outcome: 'updated' });
    expect(live.counts.sendContent).toBe(before + 1);
    expect(live.counts.setContactCustomField).toBeUndefined();
  });

  it('CBB_ACCOUNT_ID refuses the key of another account', async () => {
    const orderId = await host.insert();
    const { code, report } = await sync(orderId, [], settings({ CBB_ACCOUNT_ID: '7' }));
    expect(code).toBe(1);
    expect(report).toMatchObject({ error: { kind: 'key_rejected' } });
    expect(live.contacts.size).toBe(0);
  });

  it('says that the key is rejected where it asks for the contract', async () => {
    const orderId = await host.insert();
    const { code, report } = await sync(orderId, [], settings({ CBB_API_KEY: '1.wrong' }));
    expect(code).toBe(1);
    expect(report).toMatchObject({ error: { kind: 'key_rejected' } });
  });

  it('asks for the contract again when the answer was lost', async () => {
    const orderId = await host.insert();
    live.failNext({ kind: 'connection_reset' });
    expect((await sync(orderId, [], settings())).code).toBe(0);
  });
});
