import { type StoreSubject, suiteMapping } from '@visanet/cbb-testkit/conformance';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { prepareSuite, type SuiteState, suiteStore, suiteSubject } from '../../test-support/suite-subject.ts';
import {
  createTestSchema,
  databaseUrl,
  must,
  type TestSchema,
  tablesIn,
} from '../../test-support/test-schema.ts';
import { createLayout } from '../layout/layout.ts';
import type { PostgresStore } from './create-postgres-store.ts';

// A role that policies apply to, though they let everything through: what is not written may have been refused.
describe.each(['inline', 'beside'] satisfies SuiteState[])(
  'arm and rearm under row-level security, state %s',
  (state) => {
    let schema: TestSchema;
    let subject: StoreSubject;
    let limited: pg.Pool;
    let store: PostgresStore<unknown>;
    let role: string;
    let table: string;

    beforeAll(async () => {
      schema = await createTestSchema();
      await prepareSuite(schema.pool, schema.name, state);
      table = createLayout({ ...tablesIn(schema.name), state }, suiteMapping).state;
      role = `${schema.name}_role`;
      const orders = `${schema.name}.orders`;
      await schema.pool.query(`CREATE ROLE ${role} LOGIN PASSWORD 'invented';
        GRANT USAGE ON SCHEMA ${schema.name} TO ${role};
        GRANT ALL ON ALL TABLES IN SCHEMA ${schema.name} TO ${role};
        ALTER TABLE ${orders} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY everything ON ${orders} USING (true)`);
      const url = new URL(databaseUrl());
      url.username = role;
      url.password = 'invented';
      limited = new pg.Pool({ connectionString: url.href });
      store = suiteStore(limited, schema.name, state);
    });
    afterAll(async () => {
      await limited.end();
      await schema.pool.query(`DROP OWNED BY ${role}`);
      await schema.pool.query(`DROP ROLE ${role}`);
      await schema.drop();
    });

    beforeEach(async () => {
      subject = await suiteSubject(schema.pool, schema.name, { client: schema.pool }, state);
      for (const orderId of ['A', 'B']) {
        await subject.insert({
          order_id: orderId,
          client_phone: '447700900101',
          client_name: 'Customer',
          webhook_received_at: '2025-08-20T10:00:00.000Z',
        });
      }
    });

    const stateOf = async (orderId: string) => {
      const order = (await must(store.load(orderId, 0)))?.order;
      return { status: order?.status, version: order?.version };
    };
    const set = (assignment: string) =>
      schema.pool.query(`UPDATE ${table} SET ${assignment} WHERE order_id = 'A'`);

    it('make an order due', async () => {
      expect(await must(store.arm('A'))).toBe(true);
      expect(await must(store.rearm('A'))).toBe(true);
      expect(await stateOf('A')).toEqual({ status: 'pending', version: 2 });
    });

    it('arm leaves a finished order, and no other is taken for it', async () => {
      await set(`cbb_sync_status = 'synced'`);
      expect(await must(store.arm('A'))).toBe(true);
      expect(await stateOf('A')).toEqual({ status: 'synced', version: 1 });
    });

    it('rearm leaves an order whose status was taken away by hand', async () => {
      await set('cbb_sync_status = NULL');
      expect(await must(store.rearm('A'))).toBe(true);
      expect(await stateOf('A')).toEqual({ status: 'history', version: 1 });
    });
  },
);
