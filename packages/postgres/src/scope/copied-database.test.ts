import { type SuiteOrder, suiteMapping } from '@visanet/cbb-testkit/conformance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareSuite } from '../../test-support/suite-subject.ts';
import { createTestDatabases } from '../../test-support/test-databases.ts';
import { must, tablesIn, testScope } from '../../test-support/test-schema.ts';
import type { PostgresClient } from '../client/postgres-client.ts';
import { createPostgresStore } from '../store/create-postgres-store.ts';
import { readScope, separateScope } from './change-scope.ts';

const databases = createTestDatabases();
let original: string;

const options = { mapping: suiteMapping, ...tablesIn('suite') };
const startAt = (client: PostgresClient) =>
  createPostgresStore<SuiteOrder>({ client, ...options, scope: testScope }).start();

beforeAll(async () => {
  original = await databases.create('original');
  const pool = databases.connect(original);
  await pool.query('CREATE SCHEMA suite');
  await prepareSuite(pool, 'suite');
  await must(startAt(pool));
  await databases.disconnect();
}, 60_000);
afterAll(() => databases.drop());

describe('a database made from another one', () => {
  it('is refused, and works once it is separated', async () => {
    const copy = databases.connect(await databases.create('copy', original));
    expect((await startAt(copy))._unsafeUnwrapErr().kind).toBe('database_differs');
    await must(separateScope(copy, { ...options, scope: testScope, actor: 'operator' }));
    expect(await must(startAt(copy))).toEqual({ ...testScope, failover: false });
    expect(await must(startAt(databases.connect(original)))).toMatchObject(testScope);
    await databases.disconnect();
  });
});

describe('a role that may not ask which server it is', () => {
  it('knows the database by its name, keeps what others learnt, and may only read', async () => {
    const role = `${databases.prefix}_limited`;
    const name = await databases.create('guarded', original);
    const owner = databases.connect(name);
    await owner.query('DELETE FROM suite.scope');
    await owner.query('REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC');
    await owner.query(`CREATE ROLE ${role} LOGIN`);
    await owner.query(`GRANT USAGE ON SCHEMA suite TO ${role}`);
    await owner.query(`GRANT ALL ON ALL TABLES IN SCHEMA suite TO ${role}`);
    const limited = databases.connect(name, role);
    const kept = () => must(readScope(owner, options));

    await must(startAt(limited));
    expect(await kept()).toMatchObject({ database: name, systemIdentifier: null, timeline: null });
    await must(startAt(owner));
    const learnt = await kept();
    expect(learnt?.systemIdentifier).toMatch(/^\d+$/);
    await must(startAt(limited));
    expect(await kept()).toMatchObject({ ...learnt, seenAgoMs: expect.any(Number) });
    await owner.query("UPDATE suite.scope SET database_name = 'production'");
    expect((await startAt(limited))._unsafeUnwrapErr().kind).toBe('database_differs');

    await owner.query('UPDATE suite.scope SET database_name = current_database()');
    await owner.query(`REVOKE INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA suite FROM ${role}`);
    expect(await must(startAt(limited))).toMatchObject(testScope);

    await owner.query(`DROP OWNED BY ${role}`);
    await owner.query(`DROP ROLE ${role}`);
  });
});
