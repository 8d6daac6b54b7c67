import { describe, expect, it } from 'vitest';
import { useCommands } from '../../test/command-bench.ts';

const bench = useCommands({ migrated: true });

describe('failures', () => {
  it('are none, which is valid JSON too', async () => {
    expect(await bench.cbb('failures')).toMatchObject({
      code: 0,
      stdout: 'no order is failed\n',
      stderr: '',
    });
    expect((await bench.cbb('failures --json')).documents).toEqual([{ failures: [], total: 0 }]);
  });

  it('are told by reason, with count, age and remedy, and retried by kind', async () => {
    for (const seed of [1, 2, 3]) await bench.host.insert({ client_phone: '12' }, seed);
    const away = await bench.host.insert({}, 4);
    await bench.host.pool.query(
      `UPDATE orders SET cbb_sync_status = 'failed', cbb_sync_error = 'partial_write: urgency',
        cbb_sync_attempted_at = now() - interval '3 hours' WHERE order_id = $1`,
      [away],
    );
    expect((await bench.cbb('sweep --json')).code).toBe(1);
    const { code, stdout } = await bench.cbb('failures');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^invalid_phone: \w+: 3 orders, \d+ s ago$/m);
    expect(stdout).toContain('  -> correct the phone of the order');
    expect(stdout).toMatch(/^partial_write: urgency: 1 order, 3 h ago$/m);
    const chosen = await bench.cbb('failures --kind=partial_write,crashed --json');
    expect(chosen.documents).toMatchObject([
      { total: 1, failures: [{ kind: 'partial_write', orders: 1, examples: [away] }] },
    ]);
    const retried = await bench.cbb('retry-failed');
    expect(retried.stdout).toMatch(
      /^1 failed order is due again\n3 failed orders left out, which only an edit mends: see cbb failures/,
    );
    expect((await bench.cbb('retry-failed --json --kind=invalid_phone')).documents).toEqual([
      { retried: 3, leftOut: 0 },
    ]);
    expect((await bench.cbb('failures --kind=Not.A.Kind')).code).toBe(2);
  });
});
