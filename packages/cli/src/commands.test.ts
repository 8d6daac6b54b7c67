import { fileURLToPath } from 'node:url';
import { createSimulator, type SimulatorServer, startSimulatorServer } from '@visanet/cbb-testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHostDatabase, type HostDatabase } from '../test/host.ts';
import { invoke } from '../test/invoke.ts';

const simulator = createSimulator({ seed: 1 });
let server: SimulatorServer;
let host: HostDatabase;

beforeAll(async () => {
  server = await startSimulatorServer(simulator);
});
afterAll(() => server.close());
beforeEach(async () => {
  simulator.reset();
  host = await createHostDatabase();
});
afterEach(() => host.drop());

const environment = () => ({
  CBB_API_URL: server.url,
  CBB_API_KEY: simulator.apiKey,
  CBB_API_CONTRACT: 'plan',
  CBB_API_RETRY_ATTEMPTS: '0',
  DATABASE_URL: host.url,
  USER: 'operator',
});

async function cbb(line: string, settings = {}, isTerminal = false) {
  return invoke(line.split(' '), { ...environment(), ...settings }, isTerminal);
}

describe('migrate', () => {
  it('runs, runs again without effect, and keeps history out', async () => {
    await host.insert({ order_id: 'IL250101GB1' });
    const first = await cbb('migrate --json');
    expect(first.code).toBe(0);
    expect(first.documents).toMatchObject([{ historyOrders: 1 }]);
    expect(first.stderr).toContain('DATABASE_DIRECT_URL is not set');
    // Where somebody listens, orders are announced.
    const direct = { DATABASE_DIRECT_URL: host.url };
    const announcing = await cbb('migrate', direct);
    expect(announcing.stdout).toBe('applied: 002_columns_and_trigger\n');
    const again = await cbb('migrate', direct);
    expect(again).toMatchObject({ code: 0, stderr: '', stdout: 'the schema is up to date\n' });
    expect(await host.statusOf('IL250101GB1')).toBeNull();
  });

  it('prints its SQL without a database', async () => {
    const { code, stdout } = await invoke(['migrate', '--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /-- 001_tables\.sql\n[\s\S]*CREATE TABLE IF NOT EXISTS "public"."cbb_sync_ledger"/,
    );
    const json = await invoke(['migrate', '--dry-run', '--json']);
    expect(json.documents[0]?.files).toHaveLength(5);
    expect(stdout).toContain('"public"."cbb_rate_limits"');
  });

  it('takes mapping and names from the host file', async () => {
    const file = (name: string) => `--config=${fileURLToPath(new URL(`../test/${name}`, import.meta.url))}`;
    const { code, stdout } = await invoke(['migrate', '--dry-run', file('host-file.ts')]);
    expect(code).toBe(0);
    expect(stdout).toContain('"shop"."purchases"');
    expect(stdout).toContain('"buyer_phone"');
  });

  it('fails where there is no orders table', async () => {
    await host.pool.query('DROP TABLE orders');
    const { code, documents, stderr } = await cbb('migrate --json');
    expect(code).toBe(1);
    expect(documents).toMatchObject([{ error: { kind: 'store_misconfigured' } }]);
    expect(stderr).toContain('The orders table public.orders does not exist. Create it, or name yours');
    expect(stderr).not.toContain('Run the migrations');
  });
});

describe('sync-order', () => {
  beforeEach(async () => {
    await cbb('migrate');
  });

  it('creates the contact and tells it with a masked phone', async () => {
    const orderId = await host.insert({ client_phone: '447700900123' });
    const { code, stdout } = await cbb(`sync-order --order-id=${orderId}`);
    expect(code).toBe(0);
    expect(stdout).toMatch(/phone +447700\*\*\*123/);
    expect(stdout).toMatch(/outcome +created/);
    expect(stdout).not.toContain('447700900123');
    expect(simulator.contacts.get('447700900123')?.fields.order_id).toBe(orderId);
    const again = await cbb(`sync-order --order-id=${orderId} --json`);
    expect(again.documents).toMatchObject([{ orderId, outcome: 'unchanged', calls: 0 }]);
    const forced = await cbb(`sync-order --order-id=${orderId} --force --json`);
    expect(forced.documents).toMatchObject([{ orderId, outcome: 'updated' }]);
    const { rows } = await host.pool.query('SELECT action, actor, order_id FROM cbb_sync_audit');
    expect(rows).toEqual([{ action: 'sync-order --force', actor: 'cli:operator', order_id: orderId }]);
  });

  it('shows what it would do, without a call and without a row', async () => {
    const orderId = await host.insert({ client_phone: '447700900123', client_name: 'Ann Example' });
    const { code, stdout } = await cbb(`sync-order --order-id=${orderId} --dry-run`);
    expect(code).toBe(0);
    expect(stdout).toMatch(/calls +create/);
    expect(stdout).not.toMatch(/447700900123|Ann Example/);
    expect(simulator.counts).toEqual({});
    expect(await host.statusOf(orderId)).toBe('pending');
    const read = await cbb(`sync-order --order-id=${orderId} --dry-run --read --json`);
    expect(read.documents).toMatchObject([{ dryRun: true, orderId, held: null }]);
    expect(simulator.counts).toEqual({ findContact: 1 });
  });

  it('names the order whose values the contact would follow', async () => {
    const newer = await host.insert({ client_phone: '447700900123' }, 2);
    await cbb(`sync-order --order-id=${newer}`);
    const done = await cbb(`sync-order --order-id=${newer} --dry-run`);
    expect(done.stdout).toMatch(/^outcome +unchanged\ncalls +none$/m);
    await host.pool.query("UPDATE orders SET urgency = 'changed'");
    const older = await host.insert({ client_phone: '447700900123' }, 1);
    const own = await cbb(`sync-order --order-id=${newer} --dry-run`);
    expect(own.stdout).toMatch(new RegExp(`^values of +${newer}$`, 'm'));
    const other = await cbb(`sync-order --order-id=${older} --dry-run`);
    expect(other.stdout).toMatch(new RegExp(`^values of +${newer}$`, 'm'));
  });

  it('promises nothing for an order that the sync leaves alone', async () => {
    const orderId = await host.insert({ whatsapp_alerts_enabled: false });
    const dry = await cbb(`sync-order --order-id=${orderId} --dry-run`);
    expect(dry.stdout).toMatch(/^outcome +skipped\nreason +alerts_off\ncalls +none$/m);
    expect(dry.stdout).not.toContain('values of');
    const real = await cbb(`sync-order --order-id=${orderId} --json`);
    expect(real.documents).toMatchObject([{ outcome: 'skipped', reason: 'alerts_off', calls: 0 }]);
  });

  it('says what to do about a service that is not reached or rejects the key', async () => {
    const orderId = await host.insert();
    const away = { CBB_API_URL: 'http://127.0.0.1:1/api' };
    const failed = await cbb(`sync-order --order-id=${orderId}`, away);
    expect(failed.code).toBe(1);
    expect(failed.stdout).toMatch(/^reason +network\n-> +check CBB_API_URL and the network$/m);
    const json = await cbb(`sync-order --order-id=${orderId} --json`, away);
    expect(json.documents).toMatchObject([
      { failure: 'network', remedy: 'check CBB_API_URL and the network' },
    ]);
    const read = await cbb(`sync-order --order-id=${orderId} --dry-run --read`, away);
    expect(read.stderr).toContain('-> check CBB_API_URL and the network');
    const auto = await cbb(`sync-order --order-id=${orderId}`, { ...away, CBB_API_CONTRACT: 'auto' });
    expect(auto.stderr).toContain('-> check CBB_API_URL and the network');
    const rejected = await cbb(`sync-order --order-id=${orderId}`, { CBB_API_KEY: 'wrong' });
    expect(rejected.stdout).toMatch(/^-> +check CBB_API_KEY, and by cbb doctor/m);
    expect(rejected.stderr).toContain('check CBB_API_KEY');
  });

  it('assumes a contract rather than make a call, and says so', async () => {
    const orderId = await host.insert();
    const settings = { CBB_API_CONTRACT: 'auto', CBB_API_KEY: '' };
    const { code, stderr } = await cbb(`sync-order --order-id=${orderId} --dry-run`, settings);
    expect(code).toBe(0);
    expect(stderr).toContain('contract plan is assumed');
    expect(simulator.counts).toEqual({});
  });

  it.each([
    ['an unknown order', 'sync-order --order-id=IL999 --json', 'order_not_found'],
    ['an unknown order, dry', 'sync-order --order-id=IL999 --json --dry-run', 'order_not_found'],
  ])('fails for %s', async (_, line, kind) => {
    const { code, documents } = await cbb(line);
    expect(code).toBe(1);
    expect(documents).toMatchObject([{ error: { kind } }]);
  });

  it('fails where the order failed, and where the key is rejected', async () => {
    const orderId = await host.insert();
    simulator.failNext({ kind: 'server_error' });
    const failed = await cbb(`sync-order --order-id=${orderId} --json`);
    expect(failed.code).toBe(1);
    expect(failed.documents).toMatchObject([
      { outcome: 'failed', status: 'pending', next: { kind: 'retry' } },
    ]);
    const rejected = await cbb(`sync-order --order-id=${orderId}`, { CBB_API_KEY: 'wrong' });
    expect(rejected.code).toBe(1);
    expect(rejected.stderr).toContain('the service rejects the key');
  });

  it('finds out the contract by itself', async () => {
    const orderId = await host.insert();
    const { code } = await cbb(`sync-order --order-id=${orderId}`, { CBB_API_CONTRACT: 'auto' });
    expect(code).toBe(0);
    expect(await host.statusOf(orderId)).toBe('synced');
  });
});

describe('retry-failed', () => {
  beforeEach(async () => {
    await cbb('migrate');
  });

  async function failedOrder(seed: number): Promise<string> {
    const orderId = await host.insert({}, seed);
    simulator.failNext({ kind: 'server_error' });
    // The service has been away for longer than an order waits.
    await host.pool.query("UPDATE orders SET cbb_sync_failing_since = now() - interval '7 hours'");
    await cbb(`sync-order --order-id=${orderId} --max-attempts=1`);
    expect(await host.statusOf(orderId)).toBe('failed');
    return orderId;
  }

  it('makes failed orders due again, those of an age', async () => {
    const orderIds = [await failedOrder(1), await failedOrder(2), await failedOrder(3)];
    const dry = await cbb('retry-failed --dry-run --json');
    expect(dry).toMatchObject({ code: 0, documents: [{ dryRun: true, failed: 3, leftOut: 0 }] });
    expect((await cbb('retry-failed --older-than=1h --json')).documents).toEqual([
      { retried: 0, leftOut: 0 },
    ]);
    expect(await host.statusOf(orderIds[0] ?? '')).toBe('failed');
    const retried = await cbb('retry-failed', { CBB_SYNC_BATCH_SIZE: '2' }, true);
    expect(retried).toMatchObject({ code: 0, stdout: '3 failed orders are due again\n' });
    expect(retried.stderr).toContain('2 of 3');
    expect(retried.stderr).toContain('3 of 3');
    expect(await host.statusOf(orderIds[0] ?? '')).toBe('pending');
    expect((await cbb('sweep --json')).documents).toMatchObject([{ worked: 3, created: 3 }]);
  });

  it('writes all fields again where it is forced', async () => {
    const orderId = await host.insert();
    await cbb(`sync-order --order-id=${orderId}`);
    await host.pool.query("UPDATE orders SET cbb_sync_status = 'failed' WHERE order_id = $1", [orderId]);
    await cbb('retry-failed --force');
    simulator.reset();
    expect((await cbb('sweep --json')).documents).toMatchObject([{ worked: 1, unchanged: 0 }]);
    expect(simulator.contacts.size).toBe(1);
  });
});

describe('failures', () => {
  beforeEach(async () => {
    await cbb('migrate');
  });

  it('are none, which is valid JSON too', async () => {
    expect(await cbb('failures')).toMatchObject({ code: 0, stdout: 'no order is failed\n', stderr: '' });
    expect((await cbb('failures --json')).documents).toEqual([{ failures: [], total: 0 }]);
  });

  it('are told by reason, with count, age and remedy, and retried by kind', async () => {
    for (const seed of [1, 2, 3]) await host.insert({ client_phone: '12' }, seed);
    const away = await host.insert({}, 4);
    await host.pool.query(
      `UPDATE orders SET cbb_sync_status = 'failed', cbb_sync_error = 'partial_write: urgency',
        cbb_sync_attempted_at = now() - interval '3 hours' WHERE order_id = $1`,
      [away],
    );
    expect((await cbb('sweep --json')).code).toBe(1);
    const { code, stdout } = await cbb('failures');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^invalid_phone: \w+: 3 orders, \d+ s ago$/m);
    expect(stdout).toContain('  -> correct the phone of the order');
    expect(stdout).toMatch(/^partial_write: urgency: 1 order, 3 h ago$/m);
    const chosen = await cbb('failures --kind=partial_write,crashed --json');
    expect(chosen.documents).toMatchObject([
      { total: 1, failures: [{ kind: 'partial_write', orders: 1, examples: [away] }] },
    ]);
    const retried = await cbb('retry-failed');
    expect(retried.stdout).toMatch(
      /^1 failed order is due again\n3 failed orders left out, which only an edit mends: see cbb failures/,
    );
    expect((await cbb('retry-failed --json --kind=invalid_phone')).documents).toEqual([
      { retried: 3, leftOut: 0 },
    ]);
    expect((await cbb('failures --kind=Not.A.Kind')).code).toBe(2);
  });
});

describe('sweep with the store as queue', () => {
  beforeEach(async () => {
    await cbb('migrate');
  });

  it('works all due orders, up to a limit', async () => {
    for (const seed of [1, 2, 3]) await host.insert({}, seed);
    expect((await cbb('sweep --dry-run --json')).documents).toEqual([
      { dryRun: true, pending: 3, syncing: 0 },
    ]);
    expect((await cbb('sweep --limit=1 --json')).documents).toMatchObject([{ worked: 1, ended: 'limit' }]);
    const all = await cbb('sweep --budget=30s', {}, true);
    expect(all.code).toBe(0);
    expect(all.stdout).toMatch(/worked +2/);
    expect(all.stderr).toContain('orders worked: 2');
    expect(simulator.contacts.size).toBe(3);
  });

  it('fails where an order failed, for good or for now, and says why', async () => {
    await host.insert({ client_phone: '12' }, 1);
    const failed = await cbb('sweep --json');
    expect(failed).toMatchObject({ code: 1, documents: [{ failed: 1 }] });
    expect(failed.stderr).toMatch(/1 order failed: invalid_phone: \w+ -> correct the phone/);
    await host.insert({}, 2);
    const waiting = await cbb('sweep', { CBB_API_URL: 'http://127.0.0.1:1/api' });
    expect(waiting.code).toBe(1);
    expect(waiting.stderr).toContain('1 order failed: network -> check CBB_API_URL and the network');
  });

  it('fails where the key is rejected', async () => {
    const orderId = await host.insert();
    const { code, documents, stderr } = await cbb('sweep --json', { CBB_API_KEY: 'wrong' });
    expect(code).toBe(1);
    expect(stderr).toContain('the service rejects the key; check CBB_API_KEY');
    expect(documents).toMatchObject([{ ended: 'halted' }]);
    expect(await host.statusOf(orderId)).toBe('pending');
  });
});
