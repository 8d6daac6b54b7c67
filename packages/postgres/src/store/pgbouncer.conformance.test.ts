import { testOrderStore } from '@visanet/cbb-testkit/conformance';
import pg from 'pg';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { type PgBouncer, startPgBouncer } from '../../../../tools/servers/pgbouncer.ts';
import { prepareSuite, suiteSubject } from '../../test-support/suite-subject.ts';
import { createTestSchema, databaseUrl, type TestSchema } from '../../test-support/test-schema.ts';

describe('the store through a pooler in transaction mode', () => {
  let pooler: PgBouncer;
  let pool: pg.Pool;

  beforeAll(async () => {
    pooler = await startPgBouncer(databaseUrl());
    pool = new pg.Pool({ connectionString: pooler.url, max: 20 });
  }, 120_000);
  afterAll(async () => {
    await pool.end();
    await pooler.stop();
  });

  describe.each(['inline', 'beside'] as const)('state %s', (state) => {
    let schema: TestSchema;

    beforeAll(async () => {
      schema = await createTestSchema();
      await prepareSuite(pool, schema.name, state);
    });
    afterAll(() => schema.drop());

    testOrderStore(
      { describe, it: (name, body) => it(name, body, 60_000) },
      {
        create: () => suiteSubject(pool, schema.name, { client: schema.pool, pool: schema.pool }, state),
      },
    );
  });
});
