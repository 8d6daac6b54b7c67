import { suiteMapping } from '@visanet/cbb-testkit/conformance';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { planTable } from '../../test-support/plan-tables.ts';
import {
  createTestSchema,
  must,
  type TestSchema,
  tablesIn,
  testScope,
} from '../../test-support/test-schema.ts';
import { migrate } from '../migrate/migrate.ts';
import { createPostgresStore } from '../store/create-postgres-store.ts';

let schema: TestSchema;
beforeEach(async () => {
  schema = await createTestSchema();
  await schema.pool.query(planTable(`${schema.name}.orders`));
});
afterEach(() => schema.drop());

const wider = (column: string) => ({
  ...suiteMapping,
  watchedColumns: [...suiteMapping.watchedColumns, column],
});

it.each(['inline', 'beside'] as const)(
  'of the mapping stop the start until migrate has run for it: %s',
  async (state) => {
    const options = { ...tablesIn(schema.name), state };
    const start = (column: string) =>
      createPostgresStore({
        client: schema.pool,
        scope: testScope,
        ...options,
        mapping: wider(column),
      }).start();
    await schema.pool.query(
      `ALTER TABLE ${schema.name}.orders ADD COLUMN notes text, ADD COLUMN loud text GENERATED ALWAYS AS (upper(client_name)) STORED`,
    );
    await must(migrate(schema.pool, { ...options, mapping: suiteMapping }));
    expect((await start('notes'))._unsafeUnwrapErr()).toMatchObject({
      kind: 'store_misconfigured',
      message: expect.stringMatching(/No trigger of the sync watches notes of .*Run the migrations/),
    });
    await must(migrate(schema.pool, { ...options, mapping: wider('notes') }));
    await must(start('notes'));
    // A narrower mapping misses nothing.
    await must(
      createPostgresStore({
        client: schema.pool,
        scope: testScope,
        ...options,
        mapping: suiteMapping,
      }).start(),
    );
    await must(migrate(schema.pool, { ...options, mapping: wider('loud') }));
    await must(start('loud'));
  },
);
