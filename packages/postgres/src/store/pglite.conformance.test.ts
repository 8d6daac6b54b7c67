import { PGlite } from '@electric-sql/pglite';
import { suiteMapping, testOrderStore } from '@visanet/cbb-testkit/conformance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareSuite, suiteSubject } from '../../test-support/suite-subject.ts';
import { must, tablesIn, testScope } from '../../test-support/test-schema.ts';
import { adoptScope, readScope } from '../scope/change-scope.ts';
import { createPostgresStore } from './create-postgres-store.ts';

describe('the store on PGlite', () => {
  let database: PGlite;

  beforeAll(async () => {
    database = await PGlite.create();
    for (const schema of ['inline', 'beside'] as const) {
      await database.query(`CREATE SCHEMA ${schema}`);
      await prepareSuite(database, schema, schema);
    }
  }, 60_000);
  afterAll(() => database.close());

  it('keeps its scope, which can be adopted', async () => {
    await database.query('CREATE SCHEMA adopted');
    await prepareSuite(database, 'adopted');
    const options = { mapping: suiteMapping, ...tablesIn('adopted') };
    const store = () => createPostgresStore({ client: database, ...options, scope: testScope });
    await must(store().start());
    const scope = { contract: 'v1.1', account: '7' };
    await must(adoptScope(database, { ...options, scope, actor: 'operator' }));
    expect(await must(readScope(database, options))).toMatchObject(scope);
    expect((await store().start())._unsafeUnwrapErr().kind).toBe('scope_differs');
  });

  describe.each(['inline', 'beside'] as const)('state %s', (state) => {
    testOrderStore(
      { describe, it: (name, body) => it(name, body, 60_000) },
      { create: () => suiteSubject(database, state, { client: database }, state), holdsRows: false },
    );
  });
});
