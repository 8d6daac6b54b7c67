import { type SuiteOrder, suiteMapping } from '@visanet/cbb-testkit/conformance';
import { err, ok } from 'neverthrow';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countingClient } from '../../test-support/counting-client.ts';
import { prepareSuite } from '../../test-support/suite-subject.ts';
import {
  createTestSchema,
  databaseUrl,
  must,
  type TestSchema,
  tablesIn,
  testScope,
} from '../../test-support/test-schema.ts';
import type { PostgresClient } from '../client/postgres-client.ts';
import { createPostgresStore, type PostgresStoreOptions } from '../store/create-postgres-store.ts';
import { adoptScope, readScope, separateScope } from './change-scope.ts';

let schema: TestSchema;
const other = { contract: 'v1.1', account: '7' };
const phone = { phoneKey: '447700900101', tombstone: 'tombstone', bucket: 7 };
const begin = { orderId: 'A', version: 1, phone, leaseMs: 60_000, keys: [] };

beforeEach(async () => {
  schema = await createTestSchema();
  await prepareSuite(schema.pool, schema.name);
  await run(`INSERT INTO ${schema.name}.orders (order_id, client_phone, client_name, webhook_received_at)
    VALUES ('A', '447700900101', 'Customer', now())`);
});
afterEach(() => schema.drop());

const run = async (...statements: readonly string[]) => {
  for (const statement of statements) await schema.pool.query(statement);
};

function storeWith(
  scope: PostgresStoreOptions<SuiteOrder>['scope'] | null,
  client: PostgresClient = schema.pool,
) {
  const given = scope === undefined || scope === null ? {} : { scope };
  return createPostgresStore<SuiteOrder>({
    client,
    mapping: suiteMapping,
    ...given,
    ...tablesIn(schema.name),
  });
}
const options = () => ({ mapping: suiteMapping, ...tablesIn(schema.name) });
const kept = () => must(readScope(schema.pool, options()));

describe('the scope', () => {
  it('is what the first store proves, and kept with the identity of the database', async () => {
    expect(await kept()).toBeNull();
    const report = await must(storeWith(other).start());
    expect(report).toEqual({ ...other, failover: false });
    const { database } = new pg.Client(databaseUrl());
    expect(await kept()).toMatchObject({
      ...other,
      database,
      systemIdentifier: expect.stringMatching(/^\d+$/),
    });
  });

  it('that differs is refused by every method, with both named and what to do', async () => {
    await must(storeWith(testScope).start());
    const error = (await storeWith(other).load('A', 0))._unsafeUnwrapErr();
    expect(error).toMatchObject({ kind: 'scope_differs', retryable: false });
    expect(error.message).toMatch(/plan\/default.*v1\.1\/7.*cbb adopt.*cbb separate/);
  });

  it('is the stored one where none is given; without one nothing is known', async () => {
    expect(await must(storeWith(null).claimDue(claim))).toEqual(['A']);
    expect(await must(storeWith(null).countByStatus())).toMatchObject({ pending: 1 });
    const error = (await storeWith(null).begin(begin))._unsafeUnwrapErr();
    expect(error.kind).toBe('store_misconfigured');
    expect(error.message).toContain('No account is known yet');
    await must(storeWith(other).start());
    expect(await must(storeWith(null).start())).toMatchObject(other);
  });

  it('is asked for once, whoever asks first', async () => {
    let asked = 0;
    const client = countingClient(schema.pool);
    const store = storeWith(() => {
      asked += 1;
      return Promise.resolve(ok(testScope));
    }, client);
    await Promise.all([store.load('A', 0), store.load('A', 0), store.start()]);
    const started = client.statements.length;
    await must(store.load('A', 0));
    expect([asked, client.statements.length - started]).toEqual([1, 1]);
  });

  it('that cannot be proven now is the stored one for reads, and asked again before the first write', async () => {
    await must(storeWith(testScope).start());
    let away = true;
    const store = storeWith(() =>
      Promise.resolve(away ? err({ message: 'timeout', retryable: true }) : ok(testScope)),
    );
    expect((await must(store.load('A', 0)))?.order.orderId).toBe('A');
    const refused = (await store.begin(begin))._unsafeUnwrapErr();
    expect(refused).toMatchObject({ kind: 'store_unavailable', retryable: true });
    away = false;
    expect((await must(store.begin(begin))).kind).toBe('acquired');
  });

  it('that comes out as another one after all refuses the first write', async () => {
    await must(storeWith(testScope).start());
    let away = true;
    const store = storeWith(() =>
      Promise.resolve(away ? err({ message: 'timeout', retryable: true }) : ok(other)),
    );
    await must(store.load('A', 0));
    away = false;
    expect((await store.begin(begin))._unsafeUnwrapErr().kind).toBe('scope_differs');
  });

  it('that cannot be proven, with none stored, or for good, is an error; a function that throws too', async () => {
    const away = storeWith(() => Promise.resolve(err({ message: 'timeout', retryable: true })));
    expect((await away.start())._unsafeUnwrapErr().kind).toBe('store_unavailable');
    await must(storeWith(testScope).start());
    const refused = storeWith(() => Promise.resolve(err({ message: 'wrong key', retryable: false })));
    expect((await refused.start())._unsafeUnwrapErr()).toMatchObject({ kind: 'store_misconfigured' });
    const throwing = storeWith(() => {
      throw new Error('447700900101');
    });
    expect((await throwing.begin(begin))._unsafeUnwrapErr().message).not.toContain('4477');
  });
});

const claim = { limit: 9, visibilityMs: 0, leaseMs: 60_000, rolloutPercent: 100 };

async function syncOnce(scope: PostgresStoreOptions<SuiteOrder>['scope']): Promise<void> {
  const store = storeWith(scope);
  const begun = await must(store.begin(begin));
  if (begun.kind !== 'acquired') throw new Error(begun.kind);
  const ledger = {
    contact: 'exists',
    hashes: { name: 'hash' },
    appliedHashes: null,
    identity: {},
    verified: true,
    unclean: false,
  } as const;
  const completed = await must(
    store.complete({
      phone,
      token: begun.token,
      orderId: 'A',
      orphaned: false,
      seen: [begin],
      appliedOrderId: 'A',
      ledger,
      outcomes: [],
    }),
  );
  expect(completed.kind).toBe('completed');
}

describe('the database', () => {
  const moved = (assignment: string) => run(`UPDATE ${schema.name}.scope SET ${assignment}`);

  it.each([
    ['another server', "system_identifier = '1'", /on server 1 and is now on/],
    ['another database', "database_name = 'production'", /was the database production/],
    ['a database that was made anew', "database_oid = '1'", /made anew/],
    ['an older state', 'timeline = 99', /from timeline 99 to/],
  ])('%s is refused until somebody says what it is', async (_, assignment, what) => {
    await syncOnce(testScope);
    await moved(assignment);
    const error = (await storeWith(testScope).load('A', 0))._unsafeUnwrapErr();
    expect(error).toMatchObject({ kind: 'database_differs', retryable: false });
    expect(error.message).toMatch(what);
    expect(error.message).toMatch(/cbb adopt.*cbb separate/);
    await must(adoptScope(schema.pool, { ...options(), scope: testScope, actor: 'operator' }));
    const begun = await must(storeWith(testScope).begin(begin));
    expect(begun).toMatchObject({
      kind: 'acquired',
      snapshot: { ledger: { unclean: true, contact: 'exists' } },
    });
  });

  it('whose standby took over goes on, and trusts nothing of the last minutes', async () => {
    await syncOnce(testScope);
    await moved('timeline = 0');
    expect(await must(storeWith(testScope).start())).toEqual({ ...testScope, failover: true });
    const peeked = await must(storeWith(testScope).peek('A', phone.phoneKey));
    expect(peeked.ledger.unclean).toBe(true);
    expect((await must(storeWith(testScope).start())).failover).toBe(false);
  });

  it('whose standby took over keeps what is older', async () => {
    await syncOnce(testScope);
    await run(`UPDATE ${schema.name}.ledger SET written_at = now() - interval '11 minutes'`);
    await moved('timeline = 0');
    await must(storeWith(testScope).start());
    expect((await must(storeWith(testScope).peek('A', phone.phoneKey))).ledger.unclean).toBe(false);
  });

  it('that keeps its identity to itself is known by its name', async () => {
    const silent: PostgresClient = {
      query: (text, values) =>
        text.includes('pg_control_system')
          ? Promise.reject(Object.assign(new Error('denied'), { code: '42501' }))
          : schema.pool.query(text, values),
    };
    await must(storeWith(testScope, silent).start());
    expect(await kept()).toMatchObject({ systemIdentifier: null, timeline: null });
    await must(storeWith(testScope).start());
    await moved("database_name = 'production'");
    expect((await storeWith(testScope, silent).start())._unsafeUnwrapErr().kind).toBe('database_differs');
  });
});

describe('adopting and separating', () => {
  it('takes the ledger over to another account, void, ends leases and is audited', async () => {
    await syncOnce(testScope);
    await must(storeWith(testScope).begin(begin));
    await must(adoptScope(schema.pool, { ...options(), scope: other, actor: 'operator' }));
    expect((await storeWith(testScope).start())._unsafeUnwrapErr().kind).toBe('scope_differs');
    const begun = await must(storeWith(other).begin(begin));
    expect(begun).toMatchObject({
      kind: 'acquired',
      snapshot: { ledger: { unclean: true, contact: 'exists' } },
    });
    const { rows } = await schema.pool.query(`SELECT action, actor, details FROM ${schema.name}.audit`);
    const details = { from: 'plan/default', to: 'v1.1/7' };
    expect(rows).toEqual([{ action: 'adopt', actor: 'operator', details }]);
  });

  it('empties the ledger of a copy and keeps its tombstones', async () => {
    await syncOnce(other);
    await run(`INSERT INTO ${schema.name}.tombstones VALUES ('t', true)`);
    const own = { contract: 'v1.1', account: '8' };
    const report = await must(separateScope(schema.pool, { ...options(), scope: own, actor: 'operator' }));
    expect(report).toEqual({ accountUnproven: false });
    const store = storeWith(own);
    expect((await must(store.peek('A', phone.phoneKey))).ledger.contact).toBe('unknown');
    expect(await must(store.isErased('t'))).toBe(true);
  });

  it('refuses a copy that has the account of the original; where accounts cannot be told, it says so', async () => {
    await must(storeWith(other).start());
    const same = await separateScope(schema.pool, { ...options(), scope: other, actor: 'operator' });
    expect(same._unsafeUnwrapErr()).toMatchObject({ kind: 'store_misconfigured', retryable: false });
    const plan = await must(
      separateScope(schema.pool, { ...options(), scope: testScope, actor: 'operator' }),
    );
    expect(plan).toEqual({ accountUnproven: true });
    expect(
      await must(separateScope(schema.pool, { ...options(), scope: testScope, actor: 'operator' })),
    ).toEqual(plan);
  });
});

describe('a copy of the database', () => {
  it('made from a template is not trusted', async () => {
    const admin = new pg.Client(databaseUrl());
    await admin.connect();
    const names = [`${schema.name}_original`, `${schema.name}_copy`];
    const poolOf = (name: string) => {
      const url = new URL(databaseUrl());
      url.pathname = `/${name}`;
      return new pg.Pool({ connectionString: url.href });
    };
    const storeOf = (client: PostgresClient) =>
      createPostgresStore<SuiteOrder>({
        client,
        mapping: suiteMapping,
        scope: testScope,
        ...tablesIn('suite'),
      });
    await admin.query(`CREATE DATABASE ${names[0]}`);
    const original = poolOf(`${names[0]}`);
    await original.query('CREATE SCHEMA suite');
    await prepareSuite(original, 'suite');
    await must(storeOf(original).start());
    await original.end();
    await admin.query(`CREATE DATABASE ${names[1]} TEMPLATE ${names[0]}`);
    const copy = poolOf(`${names[1]}`);
    expect((await storeOf(copy).start())._unsafeUnwrapErr().kind).toBe('database_differs');
    await copy.end();
    for (const name of names) await admin.query(`DROP DATABASE ${name}`);
    await admin.end();
  });
});

describe('tables that change under a running store', () => {
  it.each([
    [
      'a renamed column of the host',
      'RENAME client_name TO full_name',
      /lacks columns of the mapping: client_name/,
    ],
    [
      'a renamed column of ours',
      'RENAME cbb_sync_due_at TO due',
      /lacks columns of the sync: cbb_sync_due_at/,
    ],
    [
      'a column of ours of another type',
      'ALTER cbb_sync_crashes TYPE text',
      /cbb_sync_crashes .* is of type text instead of integer/,
    ],
  ])('%s stops it and is named', async (_, change, what) => {
    const store = storeWith(testScope);
    await must(store.load('A', 0));
    await run(`DROP TRIGGER zz_cbb_sync_rearm ON ${schema.name}.orders`);
    await run(`ALTER TABLE ${schema.name}.orders ${change}`);
    const error = (await store.begin(begin))._unsafeUnwrapErr();
    expect(error).toMatchObject({ kind: 'store_misconfigured', retryable: false });
    expect(error.message).toMatch(what);
    const { rows } = await schema.pool.query(`SELECT 1 FROM ${schema.name}.ledger`);
    expect(rows).toEqual([]);
  });

  it('are checked at the start: tables, triggers', async () => {
    await run(`DROP TRIGGER zz_cbb_sync_rearm ON ${schema.name}.orders`, `DROP TABLE ${schema.name}.history`);
    const { message } = (await storeWith(testScope).start())._unsafeUnwrapErr();
    expect(message).toMatch(
      /missing: \S+\.history.*lacks triggers of the sync: zz_cbb_sync_rearm.*Run the migrations/,
    );
  });

  it('that are not there yet are told as such, and found once they are', async () => {
    const store = createPostgresStore<SuiteOrder>({
      client: schema.pool,
      mapping: suiteMapping,
      scope: testScope,
      ...tablesIn(schema.name),
      table: `${schema.name}.later`,
    });
    expect((await store.load('A', 0))._unsafeUnwrapErr().message).toContain('later does not exist');
    await run(`ALTER TABLE ${schema.name}.orders RENAME TO later`);
    expect((await must(store.load('A', 0)))?.order.orderId).toBe('A');
  });
});
