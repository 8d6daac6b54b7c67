import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { live, useDoctor } from '../../test/doctor-bench.ts';
import { createHostDatabase } from '../../test/host.ts';
import { invoke } from '../../test/invoke.ts';

const bench = useDoctor();

describe('the database', () => {
  it('does not answer', async () => {
    const { code, of } = await bench.examine(live(), { DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/x' }, [
      '--queue=pg-boss',
    ]);
    expect(code).toBe(1);
    expect(of('database')).toMatchObject([{ state: 'failure' }]);
    expect(of('queue')).toEqual([]);
  });

  it('is not migrated', async () => {
    const empty = await createHostDatabase();
    const { code, of } = await bench.examine(live(), { DATABASE_URL: empty.url });
    expect(code).toBe(1);
    expect(of('migrations')).toMatchObject([{ state: 'failure', remedy: 'cbb migrate' }]);
    await empty.drop();
  });

  it('has no orders table, which no migration makes', async () => {
    const empty = await createHostDatabase();
    await empty.pool.query('DROP TABLE orders');
    const { code, of } = await bench.examine(live(), { DATABASE_URL: empty.url });
    await empty.drop();
    expect(code).toBe(1);
    expect(of('orders table')).toMatchObject([
      {
        state: 'failure',
        message: expect.stringContaining('The orders table public.orders does not exist.'),
        remedy: expect.stringMatching(/^create or alter the table, or name yours .*store\.table/),
      },
    ]);
    expect(of('migrations')).toEqual([]);
  });

  it('lacks the table of the rate limit', async () => {
    await bench.host.pool.query('ALTER TABLE cbb_rate_limits RENAME TO cbb_rate_limits_gone');
    const { code, of } = await bench.examine(live());
    await bench.host.pool.query('ALTER TABLE cbb_rate_limits_gone RENAME TO cbb_rate_limits');
    expect(code).toBe(1);
    expect(of('migrations')).toMatchObject([{ state: 'failure', remedy: 'cbb migrate' }]);
  });

  it.each([
    [
      'a renamed column of ours',
      'RENAME COLUMN cbb_sync_due_at TO due',
      'RENAME COLUMN due TO cbb_sync_due_at',
      /lacks columns of the sync: cbb_sync_due_at/,
    ],
    [
      'a disabled trigger',
      'DISABLE TRIGGER zz_cbb_sync_rearm',
      'ENABLE TRIGGER zz_cbb_sync_rearm',
      /lacks triggers of the sync: zz_cbb_sync_rearm/,
    ],
  ])('has %s, though all migrations ran', async (_, change, back, says) => {
    await bench.host.pool.query(`ALTER TABLE orders ${change}`);
    const { code, of } = await bench.examine(live());
    await bench.host.pool.query(`ALTER TABLE orders ${back}`);
    expect(code).toBe(1);
    expect(of('migrations')).toMatchObject([
      {
        state: 'failure',
        message: expect.stringMatching(says),
        remedy: expect.stringContaining('cbb migrate'),
      },
    ]);
  });

  it('is of an older version of the schema', async () => {
    await bench.host.pool.query("COMMENT ON TABLE cbb_sync_ledger IS 'cbb-sync schema 0'");
    const { code, of } = await bench.examine(live());
    await invoke(['migrate'], { DATABASE_URL: bench.host.url });
    expect(code).toBe(1);
    expect(of('migrations')).toMatchObject([
      {
        state: 'failure',
        message: expect.stringContaining('version 0'),
        remedy: expect.stringContaining('cbb migrate'),
      },
    ]);
    expect((await bench.examine(live())).of('migrations')).toMatchObject([{ state: 'ok' }]);
  });

  it('lacks a migration', async () => {
    await bench.host.pool.query("DELETE FROM cbb_sync_migrations WHERE name = '005_history'");
    const { of } = await bench.examine(live());
    await invoke(['migrate'], { DATABASE_URL: bench.host.url });
    expect(of('migrations')).toMatchObject([
      { state: 'failure', message: 'not run: 005_history', remedy: 'cbb migrate' },
    ]);
  });

  it('has an orders table without a unique id', async () => {
    const copy = await createHostDatabase();
    await invoke(['migrate'], { DATABASE_URL: copy.url });
    await copy.pool.query('ALTER TABLE orders DROP CONSTRAINT orders_order_id_key CASCADE');
    const { code, of } = await bench.examine(live(), { DATABASE_URL: copy.url });
    await copy.drop();
    expect(code).toBe(1);
    expect(of('orders table')).toMatchObject([
      { state: 'failure', message: expect.stringContaining('order_id has no primary key or unique index') },
    ]);
  });

  it('hides every order from the role by row-level security that is meant so', async () => {
    const role = new URL(bench.host.url).pathname.slice(1);
    const orderId = await bench.host.insert({}, 9);
    const sql = [
      `CREATE ROLE ${role} LOGIN`,
      `GRANT ALL ON ALL TABLES IN SCHEMA public TO ${role}`,
      'ALTER TABLE orders ENABLE ROW LEVEL SECURITY',
    ];
    for (const statement of sql) await bench.host.pool.query(statement);
    const folder = await mkdtemp(join(tmpdir(), 'cbb-doctor-'));
    const config = join(folder, 'cbb.config.mjs');
    await writeFile(config, 'export default { store: { allowRowSecurity: true } };');
    const url = Object.assign(new URL(bench.host.url), { username: role, password: '' }).href;
    const hidden = await bench.examine(live(), { DATABASE_URL: url }, [`--config=${config}`]);
    const refused = await bench.examine(live(), { DATABASE_URL: url });
    for (const statement of [
      'ALTER TABLE orders DISABLE ROW LEVEL SECURITY',
      `DROP OWNED BY ${role}`,
      `DROP ROLE ${role}`,
      `DELETE FROM orders WHERE order_id = '${orderId}'`,
    ]) {
      await bench.host.pool.query(statement);
    }
    await rm(folder, { recursive: true });
    expect(hidden.of('orders')).toMatchObject([
      { state: 'warning', message: expect.stringContaining('sees no order at all') },
    ]);
    expect(refused.code).toBe(1);
    expect(refused.of('permissions')).toMatchObject([
      { state: 'failure', message: expect.stringContaining('row-level security') },
    ]);
  });

  it('holds failed orders', async () => {
    const orderId = await bench.host.insert();
    await bench.host.pool.query("UPDATE orders SET cbb_sync_status = 'failed'");
    const { of } = await bench.examine(live());
    expect(of('orders')).toMatchObject([{ state: 'warning', message: expect.stringContaining('1 failed') }]);
    await bench.host.pool.query('DELETE FROM orders WHERE order_id = $1', [orderId]);
  });

  it('is reached by another direct connection, which leads elsewhere', async () => {
    const other = await createHostDatabase();
    const elsewhere = await bench.examine(live(), { DATABASE_DIRECT_URL: other.url });
    expect(elsewhere.of('direct connection')).toMatchObject([
      { state: 'failure', message: 'notifications do not arrive' },
    ]);
    const nowhere = await bench.examine(live(), { DATABASE_DIRECT_URL: 'postgres://127.0.0.1:1/x' });
    expect(nowhere.of('direct connection')).toMatchObject([
      { state: 'failure', message: 'it does not answer' },
    ]);
    await other.drop();
  });
});
