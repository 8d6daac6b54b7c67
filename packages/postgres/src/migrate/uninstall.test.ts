import { suiteMapping } from '@visanet/cbb-testkit/conformance';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeSchema } from '../../test-support/describe-schema.ts';
import { createTestSchema, must, type TestSchema, tablesIn } from '../../test-support/test-schema.ts';
import type { PostgresClient } from '../client/postgres-client.ts';
import { createOrdersTable } from './create-orders-table.ts';
import { migrate } from './migrate.ts';
import { uninstall } from './uninstall.ts';

let schema: TestSchema;
beforeEach(async () => {
  schema = await createTestSchema();
  await must(createOrdersTable(schema.pool, { table: `${schema.name}.orders` }));
});
afterEach(() => schema.drop());

const tables = async () => {
  const { rows } = await schema.pool.query({
    text: 'SELECT tablename FROM pg_tables WHERE schemaname = $1 ORDER BY 1',
    values: [schema.name],
    rowMode: 'array',
  });
  return rows.flat();
};
const functions = async () => {
  const { rows } = await schema.pool.query(
    'SELECT proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = $1',
    [schema.name],
  );
  return rows;
};

describe.each(['inline', 'beside'] as const)('uninstall, state %s', (state) => {
  const options = () => ({ mapping: suiteMapping, ...tablesIn(schema.name), state, notifyChannel: 'heard' });

  it('says what it would do, and does it when the name of the table is said', async () => {
    const before = await describeSchema(schema.pool, schema.name);
    await must(migrate(schema.pool, options()));
    const migrated = await tables();
    const dry = await must(uninstall(schema.pool, options()));
    expect(dry.done).toBe(false);
    expect(dry.statements.join('\n')).toContain('DROP TABLE IF EXISTS');
    expect(await tables()).toEqual(migrated);
    const mistyped = await uninstall(schema.pool, { ...options(), confirm: 'orders' });
    expect(mistyped._unsafeUnwrapErr().message).toContain(`${schema.name}.orders`);
    expect(await tables()).toEqual(migrated);

    const report = await must(uninstall(schema.pool, { ...options(), confirm: `${schema.name}.orders` }));
    expect(report).toEqual({ ...dry, done: true });
    expect(await tables()).toEqual(['orders', 'tombstones']);
    expect(await functions()).toEqual([]);
    expect(await describeSchema(schema.pool, schema.name)).toBe(before);
    await must(migrate(schema.pool, options()));
    expect(await tables()).toEqual(migrated);
  });

  it('forgets erased phones only where that is said', async () => {
    await must(migrate(schema.pool, options()));
    await must(uninstall(schema.pool, { ...options(), confirm: `${schema.name}.orders`, tombstones: true }));
    expect(await tables()).toEqual(['orders']);
  });

  it('has nothing to do, and says so, where it was done before or nothing was ever installed', async () => {
    const confirm = `${schema.name}.orders`;
    expect((await must(uninstall(schema.pool, { ...options(), confirm }))).done).toBe(true);
    await must(migrate(schema.pool, options()));
    await must(uninstall(schema.pool, { ...options(), confirm }));
    expect((await must(uninstall(schema.pool, { ...options(), confirm }))).done).toBe(true);
    expect(await tables()).toEqual(['orders', 'tombstones']);
  });

  it('is refused, whole, where a sync begins meanwhile', async () => {
    await must(migrate(schema.pool, options()));
    const before = await tables();
    const client: PostgresClient = {
      async query(text, values) {
        const answer = await schema.pool.query(text, values);
        if (text.includes('count(*)')) {
          await schema.pool.query(`INSERT INTO ${schema.name}.ledger (scope, phone_key, lease_token, lease_expires_at)
            VALUES ('s', 'k', gen_random_uuid(), now() + interval '1 minute')`);
        }
        return answer;
      },
    };
    const refused = await uninstall(client, { ...options(), confirm: `${schema.name}.orders` });
    expect(refused._unsafeUnwrapErr()).toMatchObject({ kind: 'store_unavailable', retryable: true });
    expect(await tables()).toEqual(before);
  });

  it('is refused while a sync runs', async () => {
    await must(migrate(schema.pool, options()));
    const lease = (interval: string) =>
      schema.pool.query(`INSERT INTO ${schema.name}.ledger (scope, phone_key, lease_token, lease_expires_at)
        VALUES ('s', '${interval}', gen_random_uuid(), now() + interval '${interval}')`);
    await lease('-1 second');
    await lease('1 minute');
    const refused = await uninstall(schema.pool, { ...options(), confirm: `${schema.name}.orders` });
    expect(refused._unsafeUnwrapErr()).toMatchObject({ kind: 'store_unavailable', retryable: true });
    expect(refused._unsafeUnwrapErr().message).toContain('syncs are running (1)');
  });
});
