import { suiteMapping } from '@visanet/cbb-testkit/conformance';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeSchema } from '../../test-support/describe-schema.ts';
import { planTable } from '../../test-support/plan-tables.ts';
import {
  createTestSchema,
  must,
  type TestSchema,
  tablesIn,
  testScope,
} from '../../test-support/test-schema.ts';
import { createPostgresStore } from '../store/create-postgres-store.ts';
import { migrate } from './migrate.ts';

let schema: TestSchema;
const options = () => ({ mapping: suiteMapping, ...tablesIn(schema.name) });
const run = (sql: string) => schema.pool.query(sql.replaceAll('{s}', schema.name));
const start = () => createPostgresStore({ client: schema.pool, scope: testScope, ...options() }).start();

beforeEach(async () => {
  schema = await createTestSchema();
  await run(planTable(`${schema.name}.orders`));
  await must(migrate(schema.pool, options()));
});
afterEach(() => schema.drop());

describe('migrate makes anew what is not there any more', () => {
  it.each([
    ['a table', 'DROP TABLE {s}.ledger'],
    ['the table of history', 'DROP TABLE {s}.history'],
    ['a column', 'ALTER TABLE {s}.orders DROP COLUMN cbb_sync_due_at CASCADE'],
    ['a trigger', 'DROP TRIGGER zz_cbb_sync_arm ON {s}.orders'],
  ])('%s', async (_, sql) => {
    const before = await describeSchema(schema.pool, schema.name);
    await run(sql);
    expect((await start())._unsafeUnwrapErr().message).toMatch(/Run the migrations \(cbb migrate\)/);
    expect((await must(migrate(schema.pool, options()))).applied).toContain('002_columns_and_trigger');
    expect(await describeSchema(schema.pool, schema.name)).toBe(before);
    expect((await start()).isOk()).toBe(true);
    expect(await must(migrate(schema.pool, options()))).toEqual({ applied: [], historyOrders: 0 });
  });

  it('but says what it cannot mend', async () => {
    await run('ALTER TABLE {s}.orders ALTER COLUMN cbb_sync_crashes TYPE text');
    const left = (await migrate(schema.pool, options()))._unsafeUnwrapErr();
    expect(left).toMatchObject({ kind: 'store_misconfigured' });
    expect(left.message).toMatch(
      /cbb_sync_crashes .* is of type text instead of integer.*The migrations ran/,
    );
    expect(left.message).not.toContain('cbb migrate');
  });
});

describe('the version of the schema', () => {
  it.each([
    ['older', "'cbb-sync schema 0'", /is version 0, but version \d+ is needed.*cbb migrate/],
    ['told by nobody', 'NULL', /unfinished or older migration, but version \d+ is needed.*cbb migrate/],
  ])('%s stops a store, and migrate mends it', async (_, comment, says) => {
    await run(`COMMENT ON TABLE {s}.ledger IS ${comment}`);
    const refused = (await start())._unsafeUnwrapErr();
    expect(refused).toMatchObject({ kind: 'store_misconfigured', retryable: false });
    expect(refused.message).toMatch(says);
    await must(migrate(schema.pool, options()));
    expect((await start()).isOk()).toBe(true);
  });

  it('may be newer, as while a deployment goes on', async () => {
    await run("COMMENT ON TABLE {s}.ledger IS 'cbb-sync schema 99'");
    expect((await start()).isOk()).toBe(true);
  });
});
