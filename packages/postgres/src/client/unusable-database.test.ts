import type { StoreError } from '@visanet/cbb-sync';
import { suiteMapping } from '@visanet/cbb-testkit/conformance';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planTable } from '../../test-support/plan-tables.ts';
import { prepareSuite } from '../../test-support/suite-subject.ts';
import {
  createTestSchema,
  databaseUrl,
  type TestSchema,
  tablesIn,
  testScope,
} from '../../test-support/test-schema.ts';
import {
  closedPort,
  secret,
  startGuardedPostgres,
  startSilentServer,
} from '../../test-support/unusable-servers.ts';
import { checkOrdersTable } from '../migrate/check-table.ts';
import { createPostgresStore } from '../store/create-postgres-store.ts';

let guarded: Awaited<ReturnType<typeof startGuardedPostgres>>;
let silent: Awaited<ReturnType<typeof startSilentServer>>;
let schema: TestSchema;

beforeAll(async () => {
  guarded = await startGuardedPostgres();
  silent = await startSilentServer();
  schema = await createTestSchema();
}, 60_000);
afterAll(async () => {
  await guarded.stop();
  await silent.stop();
  await schema.drop();
});

const unknownHost = (): string => `postgresql://guarded:${secret}@no-such-host.invalid/postgres`;

async function errorAt(connectionString: string, waitMs: number): Promise<StoreError> {
  const client = new pg.Pool({ connectionString, max: 1, connectionTimeoutMillis: waitMs });
  const checked = await checkOrdersTable(client, { mapping: suiteMapping });
  await client.end();
  return checked._unsafeUnwrapErr();
}

describe('a database that cannot be used', () => {
  it.each([
    ['password', false, () => guarded.url('guarded')],
    ['database_missing', false, () => guarded.url('postgres', 'no_such_database')],
    ['too_many_connections', true, () => guarded.url('crowded')],
    ['host_unknown', true, unknownHost],
    ['refused', true, closedPort],
    ['timeout', true, () => silent.url],
  ] as const)('%s: is told apart, without a word of the connection', async (cause, retryable, url) => {
    const text: string = await url();
    const error = await errorAt(text, cause === 'timeout' ? 300 : 30_000);
    expect(error).toMatchObject({ cause, retryable });
    expect(error.remedy).toContain(cause === 'too_many_connections' ? 'pool' : 'DATABASE_URL');
    const { hostname, port, pathname } = new URL(text);
    const told = JSON.stringify(error).replace('[cbb-postgres]', '');
    for (const word of [secret, hostname, port, pathname.slice(1), 'guarded', 'crowded']) {
      if (word !== '') expect(told).not.toContain(word);
    }
  });
});

describe('a table that cannot be used', () => {
  const orders = () => `${schema.name}.orders`;
  const load = async () => {
    const store = createPostgresStore({
      client: schema.pool,
      mapping: suiteMapping,
      scope: testScope,
      ...tablesIn(schema.name),
    });
    return (await store.load('A', 0))._unsafeUnwrapErr();
  };
  const claim = { limit: 1, visibilityMs: 0, leaseMs: 1, rolloutPercent: 100 };

  it('is named: no table, no column, no permission, a constraint', async () => {
    expect(await load()).toMatchObject({ table: 'orders', cause: 'statement' });

    await schema.pool.query(planTable(orders()));
    expect(await load()).toMatchObject({ kind: 'store_misconfigured', cause: 'statement' });
    expect((await load()).column).toMatch(/^cbb_/);

    await schema.pool.query(`DROP TABLE ${orders()}`);
    await prepareSuite(schema.pool, schema.name);
    await schema.pool.query(`INSERT INTO ${orders()} (order_id, client_phone, client_name, webhook_received_at)
      VALUES ('A', '447700900101', 'Secretary', now())`);
    await schema.pool.query(
      `ALTER TABLE ${orders()} ADD CONSTRAINT mine CHECK (cbb_sync_due_at < '2020-01-01') NOT VALID`,
    );
    const store = createPostgresStore({
      client: schema.pool,
      mapping: suiteMapping,
      scope: testScope,
      ...tablesIn(schema.name),
    });
    const refused = (await store.rearm('A'))._unsafeUnwrapErr();
    expect(refused).toMatchObject({ sqlState: '23514', constraint: 'mine', table: 'orders' });
    expect(JSON.stringify(refused)).not.toMatch(/Secretary|447700900101/);

    const role = `${schema.name}_reader`;
    await schema.pool.query(`CREATE ROLE ${role} LOGIN`);
    await schema.pool.query(`GRANT USAGE ON SCHEMA ${schema.name} TO ${role}`);
    const url = new URL(databaseUrl());
    url.username = role;
    const client = new pg.Pool({ connectionString: url.href });
    const limited = createPostgresStore({
      client,
      mapping: suiteMapping,
      scope: testScope,
      ...tablesIn(schema.name),
    });
    const denied = (await limited.claimDue(claim))._unsafeUnwrapErr();
    await client.end();
    await schema.pool.query(`DROP OWNED BY ${role}`);
    await schema.pool.query(`DROP ROLE ${role}`);
    expect(denied).toMatchObject({ sqlState: '42501', cause: 'permission', table: 'scope' });
  });
});
