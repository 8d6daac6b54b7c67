import { type SuiteOrder, suiteMapping } from '@visanet/cbb-testkit/conformance';
import { err, ok } from 'neverthrow';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countingClient } from '../../test-support/counting-client.ts';
import {
  begin,
  claim,
  createScopeBench,
  otherScope,
  type ScopeBench,
} from '../../test-support/scope-bench.ts';
import { databaseUrl, must, tablesIn, testScope } from '../../test-support/test-schema.ts';
import { startSilentServer } from '../../test-support/unusable-servers.ts';
import { createPostgresStore } from '../store/create-postgres-store.ts';

let bench: ScopeBench;
beforeEach(async () => {
  bench = await createScopeBench();
});
afterEach(() => bench.schema.drop());

describe('the scope', () => {
  it('is what the first store proves, and kept with the identity of the database', async () => {
    expect(await bench.kept()).toBeNull();
    const report = await must(bench.store(otherScope).start());
    expect(report).toEqual({ ...otherScope, failover: false });
    const { database } = new pg.Client(databaseUrl());
    expect(await bench.kept()).toMatchObject({
      ...otherScope,
      database,
      systemIdentifier: expect.stringMatching(/^\d+$/),
    });
  });

  it('that differs is refused by every method, with both named and what to do', async () => {
    await must(bench.store(testScope).start());
    const error = (await bench.store(otherScope).load('A', 0))._unsafeUnwrapErr();
    expect(error).toMatchObject({ kind: 'scope_differs', retryable: false });
    expect(error.message).toMatch(/plan\/default.*v1\.1\/7.*cbb adopt.*cbb separate/);
  });

  it('is the stored one where none is given; without one nothing is known', async () => {
    expect(await must(bench.store(null).claimDue(claim))).toEqual(['A']);
    expect(await must(bench.store(null).countByStatus())).toMatchObject({ pending: 1 });
    const error = (await bench.store(null).begin(begin))._unsafeUnwrapErr();
    expect(error.kind).toBe('store_misconfigured');
    expect(error.message).toMatch(/No account is known yet.*cbb worker.*cbb sync-order/);
    await must(bench.store(otherScope).start());
    expect(await must(bench.store(null).start())).toMatchObject(otherScope);
  });

  it('is asked for once, whoever asks first', async () => {
    let asked = 0;
    const client = countingClient(bench.schema.pool);
    const store = bench.store(() => {
      asked += 1;
      return Promise.resolve(ok(testScope));
    }, client);
    await Promise.all([store.load('A', 0), store.load('A', 0), store.start()]);
    const started = client.statements.length;
    await must(store.load('A', 0));
    expect([asked, client.statements.length - started]).toEqual([1, 1]);
  });

  it('that cannot be proven now is the stored one for reads, and asked again before the first write', async () => {
    await must(bench.store(testScope).start());
    let away = true;
    const store = bench.store(() =>
      Promise.resolve(away ? err({ message: 'timeout', retryable: true }) : ok(testScope)),
    );
    expect((await must(store.load('A', 0)))?.order.orderId).toBe('A');
    const refused = (await store.begin(begin))._unsafeUnwrapErr();
    expect(refused).toMatchObject({ kind: 'store_unavailable', retryable: true });
    away = false;
    expect((await must(store.begin(begin))).kind).toBe('acquired');
  });

  it('is the stored one where the service hangs, for which the database is not blamed', async () => {
    await must(bench.store(testScope).start());
    const never = () => new Promise<never>(() => undefined);
    const options = { client: bench.schema.pool, ...bench.options, scope: never, startTimeoutMs: 2_000 };
    const store = createPostgresStore<SuiteOrder>(options);
    expect(await must(store.start())).toMatchObject(testScope);
    const refused = (await store.begin(begin))._unsafeUnwrapErr();
    expect(refused).toMatchObject({ kind: 'store_unavailable', retryable: true });
    expect(refused.message).toContain('The account of the contact service could not be proven');
    expect(refused.message).not.toContain('DATABASE_URL');
  });

  it('that comes out as another one after all refuses the first write', async () => {
    await must(bench.store(testScope).start());
    let away = true;
    const store = bench.store(() =>
      Promise.resolve(away ? err({ message: 'timeout', retryable: true }) : ok(otherScope)),
    );
    await must(store.load('A', 0));
    away = false;
    expect((await store.begin(begin))._unsafeUnwrapErr().kind).toBe('scope_differs');
  });

  it('that cannot be proven, with none stored, or for good, is an error; a function that throws too', async () => {
    const away = bench.store(() => Promise.resolve(err({ message: 'timeout', retryable: true })));
    expect((await away.start())._unsafeUnwrapErr().kind).toBe('store_unavailable');
    await must(bench.store(testScope).start());
    const refused = bench.store(() => Promise.resolve(err({ message: 'wrong key', retryable: false })));
    expect((await refused.start())._unsafeUnwrapErr()).toMatchObject({ kind: 'store_misconfigured' });
    const throwing = bench.store(() => {
      throw new Error('447700900101');
    });
    expect((await throwing.begin(begin))._unsafeUnwrapErr().message).not.toContain('4477');
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
    const store = bench.store(testScope);
    await must(store.load('A', 0));
    await bench.run(`DROP TRIGGER zz_cbb_sync_rearm ON ${bench.schema.name}.orders`);
    await bench.run(`ALTER TABLE ${bench.schema.name}.orders ${change}`);
    const error = (await store.begin(begin))._unsafeUnwrapErr();
    expect(error).toMatchObject({ kind: 'store_misconfigured', retryable: false });
    expect(error.message).toMatch(what);
    const { rows } = await bench.schema.pool.query(`SELECT 1 FROM ${bench.schema.name}.ledger`);
    expect(rows).toEqual([]);
  });

  it('are checked at the start: tables, triggers', async () => {
    await bench.run(
      `DROP TRIGGER zz_cbb_sync_rearm ON ${bench.schema.name}.orders`,
      `DROP TABLE ${bench.schema.name}.history`,
    );
    const { message } = (await bench.store(testScope).start())._unsafeUnwrapErr();
    expect(message).toMatch(
      /missing: \S+\.history.*lacks triggers of the sync: zz_cbb_sync_rearm.*Run the migrations/,
    );
  });

  it('that are not there yet are told as such, and found once they are', async () => {
    const store = createPostgresStore<SuiteOrder>({
      client: bench.schema.pool,
      mapping: suiteMapping,
      scope: testScope,
      ...tablesIn(bench.schema.name),
      table: `${bench.schema.name}.later`,
    });
    expect((await store.load('A', 0))._unsafeUnwrapErr().message).toContain('later does not exist');
    await bench.run(`ALTER TABLE ${bench.schema.name}.orders RENAME TO later`);
    expect((await must(store.load('A', 0)))?.order.orderId).toBe('A');
  });
});

describe('a database that accepts connections and never says a word', () => {
  it('is told as such, though the pool would wait for ever', async () => {
    const silent = await startSilentServer();
    const client = new pg.Pool({ connectionString: silent.url, max: 1 });
    client.on('error', () => undefined);
    const store = createPostgresStore<SuiteOrder>({
      client,
      mapping: suiteMapping,
      scope: testScope,
      startTimeoutMs: 50,
    });
    const error = (await store.load('A', 0))._unsafeUnwrapErr();
    expect(error).toMatchObject({ kind: 'store_unavailable', cause: 'timeout', retryable: true });
    await silent.stop();
    await client.end();
  });
});
