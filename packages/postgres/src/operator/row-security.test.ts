import { suiteMapping } from '@visanet/cbb-testkit/conformance';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { prepareSuite, type SuiteState } from '../../test-support/suite-subject.ts';
import {
  createTestSchema,
  databaseUrl,
  must,
  type TestSchema,
  tablesIn,
  testScope,
} from '../../test-support/test-schema.ts';
import { createPostgresStore } from '../store/create-postgres-store.ts';

interface Subject {
  readonly schema: TestSchema;
  /** As the database role of the sync, which owns nothing. */
  readonly limited: pg.Pool;
}

const subjects = new Map<SuiteState, Subject>();
const states: readonly SuiteState[] = ['inline', 'beside'];

beforeAll(async () => {
  for (const state of states) {
    const schema = await createTestSchema();
    const role = `${schema.name}_role`;
    await prepareSuite(schema.pool, schema.name, state);
    await schema.pool.query(`CREATE ROLE ${role} LOGIN PASSWORD 'invented'`);
    await schema.pool.query(`GRANT USAGE ON SCHEMA ${schema.name} TO ${role}`);
    await schema.pool.query(`GRANT ALL ON ALL TABLES IN SCHEMA ${schema.name} TO ${role}`);
    const url = new URL(databaseUrl());
    url.username = role;
    url.password = 'invented';
    subjects.set(state, { schema, limited: new pg.Pool({ connectionString: url.href }) });
  }
});

afterAll(async () => {
  for (const { schema, limited } of subjects.values()) {
    await limited.end();
    await schema.pool.query(`DROP OWNED BY ${schema.name}_role`);
    await schema.pool.query(`DROP ROLE ${schema.name}_role`);
    await schema.drop();
  }
});

function open(state: SuiteState) {
  const subject = subjects.get(state);
  if (subject === undefined) throw new Error(`nothing was prepared for ${state}`);
  const { schema, limited } = subject;
  const tables = tablesIn(schema.name);
  const read = (client: pg.Pool) =>
    must(
      createPostgresStore({
        client,
        mapping: suiteMapping,
        scope: testScope,
        ...tables,
        state,
      }).rowSecurity(),
    );
  return { schema, tables, read, limited };
}

it.each(states)('is told of the orders, and not to their owner: %s', async (state) => {
  const { schema, tables, read, limited } = open(state);
  expect(await read(limited)).toEqual({ applies: false, seesOrders: false });
  await schema.pool.query(
    `INSERT INTO ${tables.table} (order_id, client_phone, client_name, webhook_received_at)
     VALUES ('A', '447700900101', 'Customer', now())`,
  );
  expect(await read(limited)).toEqual({ applies: false, seesOrders: true });
  await schema.pool.query(`ALTER TABLE ${tables.table} ENABLE ROW LEVEL SECURITY`);
  expect(await read(limited)).toEqual({ applies: true, seesOrders: false });
  expect(await read(schema.pool)).toEqual({ applies: false, seesOrders: true });
});

it('is told of the state beside the orders, too', async () => {
  const { schema, tables, read, limited } = open('beside');
  await schema.pool.query(`ALTER TABLE ${tables.table} DISABLE ROW LEVEL SECURITY`);
  await schema.pool.query(`ALTER TABLE ${tables.stateTable} ENABLE ROW LEVEL SECURITY`);
  expect(await read(limited)).toMatchObject({ applies: true });
});
