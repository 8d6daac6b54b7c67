import { createSimulator, startSimulatorServer } from '@visanet/cbb-testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHostDatabase, type HostDatabase } from '../../test/host.ts';
import { invoke } from '../../test/invoke.ts';

let host: HostDatabase;
beforeEach(async () => {
  host = await createHostDatabase();
});
afterEach(() => host.drop());

const cbb = (line: string, typed?: string) =>
  invoke(line.split(' '), { DATABASE_DIRECT_URL: host.url }, false, typed);

async function ours(): Promise<readonly string[]> {
  const { rows } = await host.pool.query<{ name: string }>(
    `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND (table_name LIKE 'cbb%' OR column_name LIKE 'cbb%')
     UNION ALL SELECT tgname FROM pg_trigger WHERE tgrelid = 'orders'::regclass
     UNION ALL SELECT indexname FROM pg_indexes WHERE tablename = 'orders' AND indexname LIKE '%cbb%'`,
  );
  return rows.map(({ name }) => name);
}

describe('migrate --uninstall', () => {
  beforeEach(async () => {
    await cbb('migrate');
  });

  it('shows its statements first, and does nothing without the name of the table', async () => {
    const before = await ours();
    const dry = await cbb('migrate --uninstall --dry-run');
    expect(dry.code).toBe(0);
    expect(dry.stdout).toContain('DROP TABLE IF EXISTS "public"."cbb_sync_ledger";');
    const unsaid = await cbb('migrate --uninstall');
    expect({ code: unsaid.code, stdout: unsaid.stdout }).toEqual({ code: 2, stdout: '' });
    expect(unsaid.stderr).toContain('nothing was changed: add --table=public.orders to do it');
    expect(unsaid.stderr).toContain('DROP TABLE IF EXISTS "public"."cbb_sync_ledger";');
    const mistyped = await cbb('migrate --uninstall', 'orders');
    expect(mistyped).toMatchObject({ code: 2, stdout: '' });
    const wrong = await cbb('migrate --uninstall --table=shop.orders');
    expect(wrong).toMatchObject({ code: 1, stdout: '' });
    expect(wrong.stderr).toContain('the orders table is public.orders');
    expect(await ours()).toEqual(before);
  });

  it('takes away all that is of the sync, but what was erased stays known', async () => {
    const orderId = await host.insert();
    const { code, documents, stderr } = await cbb('migrate --uninstall --table=public.orders --json');
    expect({ code, documents }).toMatchObject({ code: 0, documents: [{ action: 'uninstall', done: true }] });
    expect(stderr).toContain('--with-tombstones forgets that, too');
    const left = await ours();
    expect(left.filter((name) => !name.startsWith('cbb_sync_tombstones.'))).toEqual([]);
    expect(left).not.toEqual([]);
    const { rows } = await host.pool.query('SELECT order_id FROM orders');
    expect(rows).toEqual([{ order_id: orderId }]);
    expect((await cbb('migrate')).code).toBe(0);
    expect((await cbb('migrate --uninstall --with-tombstones', 'public.orders')).code).toBe(0);
    expect(await ours()).toEqual([]);
  });

  it('is refused while a sync runs', async () => {
    await host.pool.query(
      `INSERT INTO cbb_sync_ledger (scope, phone_key, lease_token, lease_expires_at)
       VALUES ('plan/default', '447700900123', gen_random_uuid(), now() + interval '1 minute')`,
    );
    const before = await ours();
    const { code, stderr } = await cbb('migrate --uninstall --table=public.orders');
    expect(code).toBe(1);
    expect(stderr).toMatch(/syncs are running \(1\).*Stop the workers/);
    expect(await ours()).toEqual(before);
  });
});

it.each([
  ['--table=orders', '--table goes with --uninstall'],
  ['--with-tombstones', '--with-tombstones goes with --uninstall'],
  ['--uninstall --create-table', '--create-table does not go with --uninstall'],
  ['--uninstall --pending=due', '--pending does not go with --uninstall'],
])('migrate %s is wrong use', async (flags, problem) => {
  const { code, stderr } = await cbb(`migrate ${flags}`);
  expect(code).toBe(2);
  expect(stderr).toContain(problem);
});

describe('migrate --create-table', () => {
  it('makes the orders table of the plan for a trial, in which an order is synced', async () => {
    await host.pool.query('DROP TABLE orders');
    const { code, stdout } = await cbb('migrate --create-table');
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^created: public\.orders\napplied: /),
    });
    await host.pool.query(
      `INSERT INTO orders (order_id, client_phone, client_name, whatsapp_alerts_enabled, webhook_received_at)
       VALUES ('IL250819GB16', '447700900123', 'Ann Example', true, now())`,
    );
    const simulator = createSimulator();
    const server = await startSimulatorServer(simulator);
    const synced = await invoke(['sync-order', '--order-id=IL250819GB16'], {
      CBB_API_URL: server.url,
      CBB_API_KEY: simulator.apiKey,
      DATABASE_URL: host.url,
    });
    await server.close();
    expect(synced.code).toBe(0);
    expect(simulator.contacts.size).toBe(1);
  });

  it('leaves a table alone that is there, and can be printed', async () => {
    const { code, stdout } = await cbb('migrate --create-table');
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('public.orders is there already'),
    });
    const dry = await invoke(['migrate', '--create-table', '--dry-run']);
    expect(dry).toMatchObject({ code: 0, stdout: expect.stringMatching(/^-- orders\.sql\nCREATE TABLE/) });
  });
});
