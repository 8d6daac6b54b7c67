import { testOrderStore } from '@visanet/cbb-testkit/conformance';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { prepareSuite, suiteSubject } from '../../test-support/suite-subject.ts';
import { createTestSchema, type TestSchema } from '../../test-support/test-schema.ts';

describe.each(['inline', 'beside'] as const)('the store on a Postgres server, state %s', (state) => {
  let schema: TestSchema;

  beforeAll(async () => {
    schema = await createTestSchema();
    await prepareSuite(schema.pool, schema.name, state);
  });
  afterAll(() => schema.drop());

  testOrderStore(
    { describe, it: (name, body) => it(name, body, 60_000) },
    {
      create: () => suiteSubject(schema.pool, schema.name, { client: schema.pool, pool: schema.pool }, state),
    },
  );
});
