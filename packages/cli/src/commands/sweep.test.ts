import { describe, expect, it } from 'vitest';
import { useCommands } from '../../test/command-bench.ts';

const bench = useCommands({ migrated: true });

describe('sweep with the store as queue', () => {
  it('works all due orders, up to a limit', async () => {
    for (const seed of [1, 2, 3]) await bench.host.insert({}, seed);
    expect((await bench.cbb('sweep --dry-run --json')).documents).toEqual([
      { dryRun: true, pending: 3, syncing: 0 },
    ]);
    expect((await bench.cbb('sweep --limit=1 --json')).documents).toMatchObject([
      { worked: 1, ended: 'limit' },
    ]);
    const all = await bench.cbb('sweep --budget=30s', {}, true);
    expect(all.code).toBe(0);
    expect(all.stdout).toMatch(/worked +2/);
    expect(all.stderr).toContain('orders worked: 2');
    expect(bench.simulator.contacts.size).toBe(3);
  });

  it('counts without key, queue and service', async () => {
    await bench.host.insert();
    const nothing = { CBB_API_KEY: '', CBB_API_URL: 'http://127.0.0.1:1/api' };
    for (const queue of ['function', 'bullmq', 'pg-boss']) {
      const counted = await bench.cbb(`sweep --dry-run --json --queue=${queue}`, nothing);
      expect(counted).toMatchObject({ code: 0, documents: [{ dryRun: true, pending: 1 }] });
    }
    const { rows } = await bench.host.pool.query("SELECT to_regnamespace('pgboss') AS boss");
    expect(rows).toEqual([{ boss: null }]);
  });

  it('fails where an order failed, for good or for now, and says why', async () => {
    await bench.host.insert({ client_phone: '12' }, 1);
    const failed = await bench.cbb('sweep --json');
    expect(failed).toMatchObject({ code: 1, documents: [{ failed: 1 }] });
    expect(failed.stderr).toMatch(/1 order failed: invalid_phone: \w+ -> correct the phone/);
    await bench.host.insert({}, 2);
    const waiting = await bench.cbb('sweep', { CBB_API_URL: 'http://127.0.0.1:1/api' });
    expect(waiting.code).toBe(1);
    expect(waiting.stderr).toContain('1 order failed: network -> check CBB_API_URL and the network');
  });

  it('fails where the key is rejected', async () => {
    const orderId = await bench.host.insert();
    const { code, documents, stderr } = await bench.cbb('sweep --json', { CBB_API_KEY: 'wrong' });
    expect(code).toBe(1);
    expect(stderr).toContain('the service rejects the key; check CBB_API_KEY');
    expect(documents).toMatchObject([{ ended: 'halted' }]);
    expect(await bench.host.statusOf(orderId)).toBe('pending');
  });
});
