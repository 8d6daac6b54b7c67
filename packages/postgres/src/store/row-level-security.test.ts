import type { StoreError } from '@visanet/cbb-sync';
import { type SuiteOrder, suiteMapping } from '@visanet/cbb-testkit/conformance';
import type { Result } from 'neverthrow';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { prepareSuite, suiteSubject } from '../../test-support/suite-subject.ts';
import {
  createTestSchema,
  databaseUrl,
  must,
  type TestSchema,
  tablesIn,
  testScope,
} from '../../test-support/test-schema.ts';
import { createPostgresStore } from './create-postgres-store.ts';

let schema: TestSchema;
let limited: pg.Pool;
let role: string;

const phone = { phoneKey: '447700900101', tombstone: 'tombstone', bucket: 7 };
const claim = { limit: 9, visibilityMs: 0, leaseMs: 60_000, rolloutPercent: 100 };
const storeOf = (allowRowSecurity = false) =>
  createPostgresStore<SuiteOrder>({
    client: limited,
    mapping: suiteMapping,
    allowRowSecurity,
    scope: testScope,
    ...tablesIn(schema.name),
  });

async function policies(...statements: readonly string[]): Promise<void> {
  for (const name of ['reads', 'writes']) {
    await schema.pool.query(`DROP POLICY IF EXISTS ${name} ON ${schema.name}.orders`);
  }
  for (const statement of statements) await schema.pool.query(statement);
}
const reads = () => `CREATE POLICY reads ON ${schema.name}.orders FOR SELECT USING (true)`;
const writes = (rule: string) => `CREATE POLICY writes ON ${schema.name}.orders FOR UPDATE USING (${rule})`;

beforeAll(async () => {
  schema = await createTestSchema();
  role = `${schema.name}_role`;
  await prepareSuite(schema.pool, schema.name);
  await schema.pool.query(`CREATE ROLE ${role} LOGIN PASSWORD 'invented'`);
  await schema.pool.query(`GRANT USAGE ON SCHEMA ${schema.name} TO ${role}`);
  await schema.pool.query(`GRANT ALL ON ALL TABLES IN SCHEMA ${schema.name} TO ${role}`);
  await schema.pool.query(`ALTER TABLE ${schema.name}.orders ENABLE ROW LEVEL SECURITY`);
  const url = new URL(databaseUrl());
  url.username = role;
  url.password = 'invented';
  limited = new pg.Pool({ connectionString: url.href });
});
afterAll(async () => {
  await limited.end();
  await schema.pool.query(`DROP OWNED BY ${role}`);
  await schema.pool.query(`DROP ROLE ${role}`);
  await schema.drop();
});

beforeEach(async () => {
  const subject = await suiteSubject(schema.pool, schema.name);
  await subject.insert({
    order_id: 'A',
    client_phone: phone.phoneKey,
    client_name: 'Customer',
    webhook_received_at: '2025-08-20T10:00:00.000Z',
  });
});

async function kindOf<T>(pending: PromiseLike<Result<T, StoreError>>): Promise<string> {
  const result = await pending;
  return result.isErr() ? result.error.kind : 'no error';
}

describe('row-level security that hides rows', () => {
  it('from everything: each read and write says so', async () => {
    await policies();
    const store = storeOf();
    expect(await kindOf(store.load('A', 0))).toBe('row_missing');
    expect(await kindOf(store.claimDue(claim))).toBe('row_missing');
    expect(await kindOf(store.arm('A'))).toBe('row_missing');
    expect(await kindOf(store.rearm('A'))).toBe('row_missing');
    expect(await kindOf(store.peek('A', phone.phoneKey))).toBe('row_missing');
    const load = await store.load('A', 0);
    expect(load._unsafeUnwrapErr().message).toContain('row-level security');
  });

  it.each(['true', 'false'])(
    'from writes only: no write ends in silence (others visible: %s)',
    async (rule) => {
      await policies(reads(), writes(rule === 'true' ? "order_id <> 'A'" : 'false'));
      const store = storeOf();
      expect((await must(store.load('A', 0)))?.order.orderId).toBe('A');
      const begin = { orderId: 'A', version: 1, phone, leaseMs: 60_000, keys: [] };
      expect(await kindOf(store.begin(begin))).toBe('row_missing');
      const settle = { orderId: 'A', version: 1, phone, status: 'skipped', reason: null } as const;
      expect(await kindOf(store.settle(settle))).toBe('row_missing');
      expect(await kindOf(store.arm('A'))).toBe('row_missing');
      expect(await kindOf(store.rearm('A'))).toBe('row_missing');
      expect(await kindOf(store.voidLedger(phone, 'A'))).toBe('row_missing');
      expect(await kindOf(store.claimDue(claim))).toBe('row_missing');
    },
  );

  it('takes nothing: the refused begin holds no lease', async () => {
    await policies(reads(), writes('false'));
    const begin = { orderId: 'A', version: 1, phone, leaseMs: 60_000, keys: [] };
    expect(await kindOf(storeOf().begin(begin))).toBe('row_missing');
    const { rows } = await schema.pool.query(`SELECT 1 FROM ${schema.name}.ledger`);
    expect(rows).toEqual([]);
  });

  it('may be meant so: with allowRowSecurity what is hidden is not there', async () => {
    await policies();
    const store = storeOf(true);
    expect(await must(store.load('A', 0))).toBeNull();
    expect(await must(store.claimDue(claim))).toEqual([]);
    expect(await must(store.arm('A'))).toBe(false);
  });

  it('that lets everything through is no error', async () => {
    await policies(reads(), writes('true'));
    expect(await must(storeOf().claimDue(claim))).toEqual(['A']);
  });

  it('on a table of ours is a missing permission', async () => {
    await policies(reads(), writes('true'));
    await schema.pool.query(`ALTER TABLE ${schema.name}.ledger ENABLE ROW LEVEL SECURITY`);
    const begin = { orderId: 'A', version: 1, phone, leaseMs: 60_000, keys: [] };
    expect(await kindOf(storeOf().begin(begin))).toBe('store_misconfigured');
    await schema.pool.query(`ALTER TABLE ${schema.name}.ledger DISABLE ROW LEVEL SECURITY`);
  });
});
