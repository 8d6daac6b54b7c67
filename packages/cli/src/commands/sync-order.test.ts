import { describe, expect, it } from 'vitest';
import { useCommands } from '../../test/command-bench.ts';

const bench = useCommands({ migrated: true });

describe('sync-order', () => {
  it('creates the contact and tells it with a masked phone', async () => {
    const orderId = await bench.host.insert({ client_phone: '447700900123' });
    const { code, stdout } = await bench.cbb(`sync-order --order-id=${orderId}`);
    expect(code).toBe(0);
    expect(stdout).toMatch(/phone +447700\*\*\*123/);
    expect(stdout).toMatch(/outcome +created/);
    expect(stdout).not.toContain('447700900123');
    expect(bench.simulator.contacts.get('447700900123')?.fields.order_id).toBe(orderId);
    const again = await bench.cbb(`sync-order --order-id=${orderId} --json`);
    expect(again.documents).toMatchObject([{ orderId, outcome: 'unchanged', calls: 0 }]);
    const forced = await bench.cbb(`sync-order --order-id=${orderId} --force --json`);
    expect(forced.documents).toMatchObject([{ orderId, outcome: 'updated' }]);
    const { rows } = await bench.host.pool.query('SELECT action, actor, order_id FROM cbb_sync_audit');
    expect(rows).toEqual([{ action: 'sync-order --force', actor: 'cli:operator', order_id: orderId }]);
  });

  it('shows what it would do, without a call and without a row', async () => {
    const orderId = await bench.host.insert({ client_phone: '447700900123', client_name: 'Ann Example' });
    const { code, stdout } = await bench.cbb(`sync-order --order-id=${orderId} --dry-run`);
    expect(code).toBe(0);
    expect(stdout).toMatch(/calls +create/);
    expect(stdout).not.toMatch(/447700900123|Ann Example/);
    expect(bench.simulator.counts).toEqual({});
    expect(await bench.host.statusOf(orderId)).toBe('pending');
    const read = await bench.cbb(`sync-order --order-id=${orderId} --dry-run --read --json`);
    expect(read.documents).toMatchObject([{ dryRun: true, orderId, held: null }]);
    expect(bench.simulator.counts).toEqual({ findContact: 1 });
  });

  it('names the order whose values the contact would follow', async () => {
    const newer = await bench.host.insert({ client_phone: '447700900123' }, 2);
    await bench.cbb(`sync-order --order-id=${newer}`);
    const done = await bench.cbb(`sync-order --order-id=${newer} --dry-run`);
    expect(done.stdout).toMatch(/^outcome +unchanged\ncalls +none$/m);
    await bench.host.pool.query("UPDATE orders SET urgency = 'changed'");
    const older = await bench.host.insert({ client_phone: '447700900123' }, 1);
    const own = await bench.cbb(`sync-order --order-id=${newer} --dry-run`);
    expect(own.stdout).toMatch(new RegExp(`^values of +${newer}$`, 'm'));
    const other = await bench.cbb(`sync-order --order-id=${older} --dry-run`);
    expect(other.stdout).toMatch(new RegExp(`^values of +${newer}$`, 'm'));
  });

  it('promises nothing for an order that the sync leaves alone', async () => {
    const orderId = await bench.host.insert({ whatsapp_alerts_enabled: false });
    const dry = await bench.cbb(`sync-order --order-id=${orderId} --dry-run`);
    expect(dry.stdout).toMatch(/^outcome +skipped\nreason +alerts_off\ncalls +none$/m);
    expect(dry.stdout).not.toContain('values of');
    const real = await bench.cbb(`sync-order --order-id=${orderId} --json`);
    expect(real.documents).toMatchObject([{ outcome: 'skipped', reason: 'alerts_off', calls: 0 }]);
  });

  it('says what to do about a service that is not reached or rejects the key', async () => {
    const orderId = await bench.host.insert();
    const away = { CBB_API_URL: 'http://127.0.0.1:1/api' };
    const failed = await bench.cbb(`sync-order --order-id=${orderId}`, away);
    expect(failed.code).toBe(1);
    expect(failed.stdout).toMatch(/^reason +network\n-> +check CBB_API_URL and the network$/m);
    const json = await bench.cbb(`sync-order --order-id=${orderId} --json`, away);
    expect(json.documents).toMatchObject([
      { failure: 'network', remedy: 'check CBB_API_URL and the network' },
    ]);
    const read = await bench.cbb(`sync-order --order-id=${orderId} --dry-run --read`, away);
    expect(read.stderr).toContain('-> check CBB_API_URL and the network');
    const auto = await bench.cbb(`sync-order --order-id=${orderId}`, { ...away, CBB_API_CONTRACT: 'auto' });
    expect(auto.stderr).toContain('-> check CBB_API_URL and the network');
    const rejected = await bench.cbb(`sync-order --order-id=${orderId}`, { CBB_API_KEY: 'wrong' });
    expect(rejected.stdout).toMatch(/^-> +check CBB_API_KEY, and by cbb doctor/m);
    expect(rejected.stderr).toContain('check CBB_API_KEY');
  });

  it('assumes a contract rather than make a call, and says so', async () => {
    const orderId = await bench.host.insert();
    const settings = { CBB_API_CONTRACT: 'auto', CBB_API_KEY: '' };
    const { code, stderr } = await bench.cbb(`sync-order --order-id=${orderId} --dry-run`, settings);
    expect(code).toBe(0);
    expect(stderr).toContain('contract plan is assumed');
    expect(bench.simulator.counts).toEqual({});
  });

  it('tries an order that waits for its next try, at once', async () => {
    const orderId = await bench.host.insert();
    bench.simulator.failNext({ kind: 'server_error' });
    const failed = await bench.cbb(`sync-order --order-id=${orderId} --json --backoff-base-ms=3600000`);
    expect(failed.documents).toMatchObject([{ status: 'pending', next: { kind: 'retry' } }]);
    const again = await bench.cbb(`sync-order --order-id=${orderId} --json`);
    expect(again).toMatchObject({ code: 0, documents: [{ outcome: 'created', status: 'synced' }] });
  });

  it('takes in an order from before the sync, which is named, and shows so before', async () => {
    const orderId = await bench.host.insert({ client_phone: '447700900123' });
    await bench.host.pool.query(
      'UPDATE orders SET cbb_sync_status = NULL, cbb_sync_due_at = NULL WHERE order_id = $1',
      [orderId],
    );
    const dry = await bench.cbb(`sync-order --order-id=${orderId} --dry-run`);
    expect(dry.stdout).toMatch(/^calls +create/m);
    expect(await bench.host.statusOf(orderId)).toBeNull();
    const synced = await bench.cbb(`sync-order --order-id=${orderId} --json`);
    expect(synced).toMatchObject({ code: 0, documents: [{ outcome: 'created', status: 'synced' }] });
  });

  it.each([
    ['an unknown order', 'sync-order --order-id=IL999 --json', 'order_not_found'],
    ['an unknown order, dry', 'sync-order --order-id=IL999 --json --dry-run', 'order_not_found'],
  ])('fails for %s', async (_, line, kind) => {
    const { code, documents } = await bench.cbb(line);
    expect(code).toBe(1);
    expect(documents).toMatchObject([{ error: { kind } }]);
  });

  it('fails where the order failed, and where the key is rejected', async () => {
    const orderId = await bench.host.insert();
    bench.simulator.failNext({ kind: 'server_error' });
    const failed = await bench.cbb(`sync-order --order-id=${orderId} --json`);
    expect(failed.code).toBe(1);
    expect(failed.documents).toMatchObject([
      { outcome: 'failed', status: 'pending', next: { kind: 'retry' } },
    ]);
    const rejected = await bench.cbb(`sync-order --order-id=${orderId}`, { CBB_API_KEY: 'wrong' });
    expect(rejected.code).toBe(1);
    expect(rejected.stderr).toContain('the service rejects the key');
  });

  it('finds out the contract by itself', async () => {
    const orderId = await bench.host.insert();
    const { code } = await bench.cbb(`sync-order --order-id=${orderId}`, { CBB_API_CONTRACT: 'auto' });
    expect(code).toBe(0);
    expect(await bench.host.statusOf(orderId)).toBe('synced');
  });
});
