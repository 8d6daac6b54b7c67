import { type StoreSubject, type SuiteOrder, suiteMapping } from '@visanet/cbb-testkit/conformance';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { prepareSuite, suiteSubject } from '../../test-support/suite-subject.ts';
import {
  createTestSchema,
  must,
  type TestSchema,
  tablesIn,
  testScope,
} from '../../test-support/test-schema.ts';
import { createPostgresStore, type PostgresStore } from './create-postgres-store.ts';

let schema: TestSchema;
let subject: StoreSubject;
let store: PostgresStore<SuiteOrder>;

beforeAll(async () => {
  schema = await createTestSchema();
  await prepareSuite(schema.pool, schema.name);
  store = createPostgresStore({
    client: schema.pool,
    mapping: suiteMapping,
    scope: testScope,
    ...tablesIn(schema.name),
  });
});
afterAll(() => schema.drop());
beforeEach(async () => {
  subject = await suiteSubject(schema.pool, schema.name);
  for (const [index, orderId] of ['A', 'B'].entries()) {
    await subject.insert({
      order_id: orderId,
      client_phone: phone.phoneKey,
      client_name: 'Customer',
      webhook_received_at: `2025-08-20T10:0${index}:00.000Z`,
    });
  }
});

const phone = { phoneKey: '447700900101', tombstone: 'tombstone', bucket: 7 };
const ledger = {
  contact: 'exists',
  hashes: {},
  appliedHashes: null,
  identity: {},
  verified: true,
  unclean: false,
} as const;
const begin = (orderId: string, keys: readonly string[] = [], leaseMs = 60_000) =>
  store.begin({
    orderId,
    version: 1,
    phone,
    leaseMs,
    keys: keys.map((key) => ({ orderId: key, version: 1, phoneKey: phone.phoneKey, bucket: 7 })),
  });

async function acquire(orderId: string, keys: readonly string[] = []) {
  const begun = await must(begin(orderId, keys));
  if (begun.kind !== 'acquired') throw new Error(begun.kind);
  return begun;
}

const complete = (token: string, ids: readonly string[]) =>
  store.complete({
    phone,
    token,
    orderId: 'A',
    orphaned: false,
    seen: ids.map((orderId) => ({ orderId, version: 1 })),
    appliedOrderId: null,
    ledger,
    outcomes: [],
  });

const release = (token: string) =>
  store.release({
    phone,
    token,
    ledger,
    appliedOrderId: null,
    own: {
      orderId: 'A',
      version: 1,
      status: 'pending',
      dueInMs: 0,
      reason: null,
      countsAttempt: false,
      failing: false,
    },
  });

/** The host edits an order and has not committed yet. */
async function openEdit(orderId: string): Promise<pg.PoolClient> {
  const host = await schema.pool.connect();
  await host.query('BEGIN');
  await host.query(`UPDATE ${schema.name}.orders SET client_name = 'Other name' WHERE order_id = $1`, [
    orderId,
  ]);
  return host;
}

async function commit(host: pg.PoolClient): Promise<void> {
  await host.query('COMMIT');
  host.release();
}

const claim = { limit: 9, visibilityMs: 0, leaseMs: 60_000, rolloutPercent: 100 };

describe('beside an edit that is not committed', () => {
  it('begin waits for nobody and takes no lease; afterwards the order has changed', async () => {
    const host = await openEdit('A');
    expect(await must(begin('A'))).toEqual({ kind: 'locked' });
    const { rows } = await schema.pool.query(`SELECT 1 FROM ${schema.name}.ledger`);
    expect(rows).toEqual([]);
    await commit(host);
    expect(await must(begin('A'))).toEqual({ kind: 'changed' });
  });

  it('complete judges what is committed', async () => {
    const { token } = await acquire('A');
    const host = await openEdit('A');
    await commit(host);
    expect(await must(complete(token, ['A']))).toMatchObject({
      kind: 'again',
      snapshot: { candidates: [{ version: 2 }] },
    });
  });

  it('keys of other orders wait for nobody', async () => {
    const host = await openEdit('B');
    const { snapshot } = await acquire('A', ['B']);
    expect(snapshot.candidates.map(({ orderId }) => orderId)).toEqual(['A']);
    await commit(host);
  });

  it('the sweep passes over the order', async () => {
    const host = await openEdit('A');
    expect(await must(store.claimDue(claim))).toEqual(['B']);
    await commit(host);
  });
});

describe('an order that was deleted', () => {
  it('refuses the completion', async () => {
    const { token } = await acquire('A', ['B']);
    await schema.pool.query(`DELETE FROM ${schema.name}.orders WHERE order_id = 'B'`);
    expect((await must(complete(token, ['A', 'B']))).kind).toBe('again');
    expect((await must(complete(token, ['A']))).kind).toBe('completed');
  });
});

describe('an erasure that a begin did not see', () => {
  it('refuses the end of that sync', async () => {
    const { token } = await acquire('A');
    await schema.pool.query(`INSERT INTO ${schema.name}.tombstones VALUES ($1, true)`, [phone.tombstone]);
    expect(await must(complete(token, ['A']))).toEqual({ kind: 'lost' });
    expect(await must(release(token))).toEqual({ kind: 'lost' });
  });

  it('stays incomplete when a stale writer came between', async () => {
    await acquire('A');
    await schema.pool.query(`UPDATE ${schema.name}.ledger SET lease_expires_at = now()`);
    const erasure = await must(store.beginErase(phone, 60_000));
    if (erasure.kind !== 'acquired') throw new Error(erasure.kind);
    await must(store.voidLedger(phone, 'A'));
    expect(await must(store.completeErase(phone, erasure.token))).toBe('completed');
    expect(await must(begin('A'))).toEqual({ kind: 'erased', incomplete: true });
  });
});
