import { PGlite } from '@electric-sql/pglite';
import { testOrderStore } from '@visanet/cbb-testkit/conformance';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { prepareSuite, suiteSubject } from '../../test-support/suite-subject.ts';

describe('the store on PGlite', () => {
  let database: PGlite;

  beforeAll(async () => {
    database = await PGlite.create();
    await database.query('CREATE SCHEMA suite');
    await prepareSuite(database, 'suite');
  }, 60_000);
  afterAll(() => database.close());

  testOrderStore(
    { describe, it: (name, body) => it(name, body, 60_000) },
    { create: () => suiteSubject(database, 'suite') },
  );
});
