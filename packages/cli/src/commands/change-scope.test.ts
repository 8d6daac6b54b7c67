import { createSimulator, type SimulatorServer, startSimulatorServer } from '@visanet/cbb-testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHostDatabase, type HostDatabase } from '../../test/host.ts';
import { invoke } from '../../test/invoke.ts';

const plan = createSimulator({ seed: 1 });
const live = createSimulator({ contract: 'v1.1', seed: 1, rateLimitPerMinute: 10_000 });
const servers = new Map<'plan' | 'v1.1', SimulatorServer>();
let host: HostDatabase;

beforeAll(async () => {
  servers.set('plan', await startSimulatorServer(plan));
  servers.set('v1.1', await startSimulatorServer(live));
});
afterAll(async () => {
  for (const server of servers.values()) await server.close();
});
beforeEach(async () => {
  for (const simulator of [plan, live]) simulator.reset();
  host = await createHostDatabase();
  await cbb('migrate');
});
afterEach(() => host.drop());

interface Given {
  readonly contract?: 'plan' | 'v1.1';
  readonly settings?: Readonly<Record<string, string>>;
  /** Of a person at a terminal. */
  readonly typed?: string;
}

function cbb(line: string, { contract = 'plan', settings = {}, typed }: Given = {}) {
  const environment = {
    CBB_API_URL: servers.get(contract)?.url,
    CBB_API_KEY: (contract === 'plan' ? plan : live).apiKey,
    CBB_API_RETRY_ATTEMPTS: '0',
    DATABASE_URL: host.url,
    USER: 'operator',
    ...settings,
  };
  return invoke(line.split(' '), environment, false, typed);
}

const databaseName = () => new URL(host.url).pathname.slice(1);
const audited = async () =>
  (await host.pool.query("SELECT action, actor FROM cbb_sync_audit WHERE action IN ('adopt', 'separate')"))
    .rows;
const scope = async () => (await host.pool.query('SELECT contract, account FROM cbb_sync_scope')).rows;
/** As after a restore: the ledger was written in another place. */
const moveElsewhere = () => host.pool.query("UPDATE cbb_sync_scope SET database_oid = '1'");

async function syncedOrder(): Promise<string> {
  const orderId = await host.insert({ client_phone: '447700900123' });
  expect((await cbb(`sync-order --order-id=${orderId}`)).code).toBe(0);
  return orderId;
}

describe('adopt', () => {
  it('ends the refusal after a restore, and trusts nothing that was known', async () => {
    const orderId = await syncedOrder();
    await moveElsewhere();
    // What the restore lost: the contact holds something else.
    plan.putContact({ id: '447700900123', phone: '447700900123', fields: {} });
    expect((await cbb(`sync-order --order-id=${orderId}`)).code).toBe(1);
    const { code, stderr, stdout } = await cbb('adopt --yes');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'done: adopt\n' });
    expect(stderr).toMatch(/^stored account +plan\/default$/m);
    expect(stderr).toMatch(/^stored database .*oid 1\b/m);
    expect(stderr).toMatch(
      new RegExp(`^this database +${databaseName()}, oid \\d+, server \\d+, timeline 1$`, 'm'),
    );
    expect(stderr).toMatch(/^contacts +1\nrunning syncs +0$/m);
    expect(stderr).toContain('contract plan tells no accounts apart');
    expect(await audited()).toEqual([{ action: 'adopt', actor: 'cli:operator' }]);
    await host.pool.query("UPDATE orders SET cbb_sync_status = 'pending', cbb_sync_due_at = now()");
    expect((await cbb(`sync-order --order-id=${orderId} --json`)).documents).toMatchObject([
      { outcome: 'updated' },
    ]);
    expect(plan.contacts.get('447700900123')?.fields.order_id).toBe(orderId);
  });

  it('takes over another account, which is proven anew', async () => {
    await syncedOrder();
    const other = { contract: 'v1.1', settings: { CBB_ACCOUNT_ID: '1000001' } } as const;
    const dry = await cbb('adopt --dry-run --json', other);
    expect(dry).toMatchObject({
      code: 0,
      stderr: '',
      documents: [
        {
          action: 'adopt',
          done: false,
          stored: { contract: 'plan', account: 'default' },
          proven: { contract: 'v1.1', account: '1000001' },
          contacts: 1,
          liveLeases: 0,
          accountUnproven: false,
        },
      ],
    });
    expect(await scope()).toEqual([{ contract: 'plan', account: 'default' }]);
    const adopted = await cbb('adopt --yes --json', other);
    expect(adopted).toMatchObject({ code: 0, documents: [{ action: 'adopt', done: true }] });
    expect(await scope()).toEqual([{ contract: 'v1.1', account: '1000001' }]);
  });
});

describe('separate', () => {
  it('gives a copy an account of its own, with an empty ledger', async () => {
    await syncedOrder();
    await moveElsewhere();
    const separated = await cbb('separate --yes --json', { contract: 'v1.1' });
    expect(separated).toMatchObject({
      code: 0,
      documents: [{ action: 'separate', done: true, contacts: 1, accountUnproven: false }],
    });
    const { rows } = await host.pool.query('SELECT count(*)::int AS contacts FROM cbb_sync_ledger');
    expect(rows).toEqual([{ contacts: 0 }]);
    expect(await scope()).toEqual([{ contract: 'v1.1', account: '1000001' }]);
    expect(await audited()).toEqual([{ action: 'separate', actor: 'cli:operator' }]);
  });

  it('is refused with the account of the original, where accounts are told apart', async () => {
    await cbb('adopt --yes', { contract: 'v1.1' });
    const { code, stderr, documents } = await cbb('separate --yes --json', { contract: 'v1.1' });
    expect(code).toBe(1);
    expect(documents).toMatchObject([{ error: { kind: 'store_misconfigured' } }]);
    expect(stderr).toContain('would write to the same contacts: v1.1/1000001');
  });

  it('says on plan that the account is only the word of a person', async () => {
    await syncedOrder();
    const { code, stderr, documents } = await cbb('separate --yes --json');
    expect({ code, documents }).toMatchObject({
      code: 0,
      documents: [{ done: true, accountUnproven: true }],
    });
    expect(stderr).toContain('contract plan tells no accounts apart');
  });
});

describe.each(['adopt', 'separate'])('%s', (command) => {
  it('asks for the name of the database on a terminal', async () => {
    const mistyped = await cbb(command, { contract: 'v1.1', typed: 'shop' });
    expect(mistyped.code).toBe(2);
    expect(mistyped.stderr).toContain(`type the name of the database (${databaseName()})`);
    expect(mistyped.stderr).toContain(`nothing was changed: ${databaseName()} was not typed`);
    expect(await scope()).toEqual([]);
    const typed = await cbb(command, { contract: 'v1.1', typed: databaseName() });
    expect(typed).toMatchObject({ code: 0, stdout: `done: ${command}\n` });
    expect(await scope()).toMatchObject([{ contract: 'v1.1' }]);
  });

  it('does nothing where nobody can be asked, and says how to do it', async () => {
    const { code, stdout, stderr } = await cbb(command, { contract: 'v1.1' });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('nothing was changed: add --yes to do it, or run it on a terminal');
    expect(await scope()).toEqual([]);
  });

  it('does nothing with a key of another account than expected, a rejected key, or a service that is away', async () => {
    for (const [settings, says] of [
      [{ CBB_ACCOUNT_ID: '7' }, /account 1000001, but CBB_ACCOUNT_ID is 7 -> change one of them/],
      [{ CBB_API_KEY: 'wrong' }, /check CBB_API_KEY/],
      [{ CBB_API_URL: 'http://127.0.0.1:1/api' }, /check CBB_API_URL and the network/],
    ] as const) {
      const refused = await cbb(`${command} --yes`, { contract: 'v1.1', settings });
      expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 1, stdout: '' });
      expect(refused.stderr).toMatch(says);
    }
    expect(await scope()).toEqual([]);
  });

  it('needs the migrations', async () => {
    await host.pool.query('DROP TABLE cbb_sync_scope');
    const { code, stderr } = await cbb(`${command} --yes`, { contract: 'v1.1' });
    expect(code).toBe(1);
    expect(stderr).toMatch(/cbb_sync_scope.*migrat/i);
  });
});
