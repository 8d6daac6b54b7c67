import { PGlite } from '@electric-sql/pglite';
import { testOrderStore } from '@visanet/cbb-testkit/conformance';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { prepareSuite, suiteSubject } from '../../test-support/suite-subject.ts';

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

  describe.each(['inline', 'beside'] as const)('state %s', (state) => {
    testOrderStore(
      { describe, it: (name, body) => it(name, body, 60_000) },
      { create: () => suiteSubject(database, state, { client: database }, state), holdsRows: false },
    );
  });
});
