import { type StoreSubject, type SuiteOrder, suiteMapping } from '@visanet/cbb-testkit/conformance';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { prepareSuite, suiteSubject } from '../../test-support/suite-subject.ts';
import {
  createTestSchema,
  must,
  type TestSchema,
  tablesIn,
  testScope,
} from '../../test-support/test-schema.ts';
import { createPostgresStore, type PostgresStore } from './create-postgres-store.ts';

const phone = { phoneKey: '447700900101', tombstone: 'tombstone', bucket: 7 };
const ledger = {
  contact: 'exists',
  hashes: {},
  appliedHashes: null,
  identity: {},
  verified: true,
  unclean: false,
} as const;
const leaseMs = 60_000;

describe.each(['inline', 'beside'] as const)('a ledger that another connection writes, state %s', (state) => {
  let schema: TestSchema;
  let subject: StoreSubject;
  let store: PostgresStore<SuiteOrder>;
  let other: pg.PoolClient;

  beforeAll(async () => {
    schema = await createTestSchema();
    await prepareSuite(schema.pool, schema.name, state);
    const options = { mapping: suiteMapping, ...tablesIn(schema.name), state };
    store = createPostgresStore({ client: schema.pool, scope: testScope, ...options });
    await must(store.start());
  });
  afterAll(() => schema.drop());

  beforeEach(async () => {
    subject = await suiteSubject(schema.pool, schema.name, { client: schema.pool, pool: schema.pool }, state);
    await subject.insert({
      order_id: 'A',
      client_phone: phone.phoneKey,
      client_name: 'Customer',
      webhook_received_at: '2025-08-20T10:00:00.000Z',
    });
    other = await schema.pool.connect();
  });
  afterEach(async () => {
    await other.query('ROLLBACK');
    other.release();
  });

  async function acquire(version = 1) {
    const begun = await must(store.begin({ orderId: 'A', version, phone, leaseMs, keys: [] }));
    if (begun.kind !== 'acquired') throw new Error(begun.kind);
    const seen = [{ orderId: 'A', version }];
    const outcomes = [{ orderId: 'A', version, status: 'synced', reason: null, contact: null } as const];
    const lease = { phone, token: begun.token, orderId: 'A', appliedOrderId: 'A', ledger };
    return { ...lease, seen, outcomes, orphaned: false };
  }

  /** One sync, and a change that calls for the next. */
  async function syncOnce(): Promise<void> {
    await must(store.complete(await acquire()));
    await subject.update('A', { client_name: 'Other name' });
  }

  /** Opens the other's transaction, which is ended when what is asked of the store waits for it, or has not waited. */
  async function meanwhile<T>(
    change: string,
    ask: () => PromiseLike<T>,
    whileWaiting: () => Promise<unknown> = async () => undefined,
  ): Promise<T> {
    await other.query('BEGIN');
    const { rows } = await other.query('SELECT (txid_current() % (2::bigint ^ 32)::bigint)::text AS id');
    await other.query(`UPDATE ${schema.name}.ledger SET ${change}`);
    let answered = false;
    const answer = Promise.resolve(ask()).finally(() => {
      answered = true;
    });
    const waits = `SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = 'transactionid' AND transactionid::text = $1`;
    const isWaited = async () => (await schema.pool.query(waits, [rows[0]?.id])).rows.length > 0;
    while (!answered && !(await isWaited()));
    await whileWaiting();
    await other.query('COMMIT');
    return answer;
  }

  it('is waited for before an order is held, and read as it is then: settle', async () => {
    await syncOnce();
    const settle = { orderId: 'A', version: 2, phone, status: 'skipped', reason: 'why' } as const;
    const answer = await meanwhile(`applied_hashes = '{}'`, () => must(store.settle(settle)));
    expect(answer).toEqual({ kind: 'unsettled' });
  });

  it('is waited for before an order is held, and read as it is then: begin', async () => {
    await syncOnce();
    const table = state === 'inline' ? 'orders' : 'states';
    const host = `SELECT 1 FROM ${schema.name}.${table} FOR UPDATE NOWAIT`;
    const begin = { orderId: 'A', version: 2, phone, leaseMs, keys: [] };
    const taken = `lease_token = gen_random_uuid(), lease_expires_at = now() + interval '1 hour'`;
    const answer = await meanwhile(
      taken,
      () => must(store.begin(begin)),
      () => schema.pool.query(host),
    );
    expect(answer.kind).toBe('busy');
  });

  it('that was voided or marked meanwhile is not completed', async () => {
    const held = await acquire();
    expect((await meanwhile('dirty = true', () => must(store.complete(held)))).kind).toBe('again');
  });

  it('keeps a completion waiting, in which an order that changes is not taken for what it was', async () => {
    const held = await acquire();
    const edit = () => subject.update('A', { client_name: 'Other name' });
    const answer = await meanwhile('written_at = now()', () => must(store.complete(held)), edit);
    expect(answer).toEqual({ kind: 'completed', locked: ['A'] });
    expect((await must(store.load('A', 0)))?.order).toMatchObject({ version: 2, status: 'pending' });
  });

  it('that was taken over meanwhile is not released', async () => {
    const { token, appliedOrderId } = await acquire();
    const own = {
      orderId: 'A',
      version: 1,
      status: 'pending',
      dueInMs: 0,
      reason: null,
      countsAttempt: false,
      failing: false,
    } as const;
    const release = () => must(store.release({ phone, token, appliedOrderId, ledger, own }));
    expect((await meanwhile('lease_token = gen_random_uuid()', release)).kind).toBe('lost');
    expect((await must(store.load('A', 0)))?.order.status).toBe('syncing');
  });

  it('that was voided meanwhile leaves an erasure incomplete', async () => {
    await syncOnce();
    const erasing = await must(store.beginErase(phone, leaseMs));
    if (erasing.kind !== 'acquired') throw new Error(erasing.kind);
    const complete = () => must(store.completeErase(phone, erasing.token));
    expect(await meanwhile('voided = true', complete)).toBe('completed');
    const begin = { orderId: 'A', version: 2, phone, leaseMs, keys: [] };
    expect(await must(store.begin(begin))).toEqual({ kind: 'erased', incomplete: true });
  });

  it('for the first time is waited for a second at most', async () => {
    await other.query('BEGIN');
    await other.query(`INSERT INTO ${schema.name}.ledger (scope, phone_key) VALUES ('plan/default', $1)`, [
      phone.phoneKey,
    ]);
    const begun = await store.begin({ orderId: 'A', version: 1, phone, leaseMs, keys: [] });
    expect(begun._unsafeUnwrapErr()).toMatchObject({ retryable: true, sqlState: '55P03' });
    expect((await must(store.load('A', 0)))?.order.status).toBe('pending');
  });
});
