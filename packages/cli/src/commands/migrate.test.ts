import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { useCommands } from '../../test/command-bench.ts';
import { invoke } from '../../test/invoke.ts';

const bench = useCommands({ migrated: false });

describe('migrate', () => {
  it('runs, runs again without effect, and keeps history out', async () => {
    await bench.host.insert({ order_id: 'IL250101GB1' });
    const first = await bench.cbb('migrate --json');
    expect(first.code).toBe(0);
    expect(first.documents).toMatchObject([{ historyOrders: 1 }]);
    expect(first.stderr).toContain('DATABASE_DIRECT_URL is not set');
    // Where somebody listens, orders are announced.
    const direct = { DATABASE_DIRECT_URL: bench.host.url };
    const announcing = await bench.cbb('migrate', direct);
    expect(announcing.stdout).toBe('applied: 002_columns_and_trigger\n');
    const again = await bench.cbb('migrate', direct);
    expect(again).toMatchObject({ code: 0, stderr: '', stdout: 'the schema is up to date\n' });
    expect(await bench.host.statusOf('IL250101GB1')).toBeNull();
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
    const file = (name: string) =>
      `--config=${fileURLToPath(new URL(`../../test/${name}`, import.meta.url))}`;
    const { code, stdout } = await invoke(['migrate', '--dry-run', file('host-file.ts')]);
    expect(code).toBe(0);
    expect(stdout).toContain('"shop"."purchases"');
    expect(stdout).toContain('"buyer_phone"');
  });

  it('fails where there is no orders table', async () => {
    await bench.host.pool.query('DROP TABLE orders');
    const { code, documents, stderr } = await bench.cbb('migrate --json');
    expect(code).toBe(1);
    expect(documents).toMatchObject([{ error: { kind: 'store_misconfigured' } }]);
    expect(stderr).toContain(
      'The orders table public.orders does not exist. Create it (for a trial: cbb migrate',
    );
    expect(stderr).not.toContain('Run the migrations');
  });
});
