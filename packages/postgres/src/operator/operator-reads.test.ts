import { type StoreSubject, type SuiteOrder, suiteMapping } from '@visanet/cbb-testkit/conformance';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { prepareSuite, suiteSubject } from '../../test-support/suite-subject.ts';
import {
  createTestSchema,
  must,
  type TestSchema,
  tablesIn,
  testScope,
} from '../../test-support/test-schema.ts';
import { createPostgresStore, type PostgresStore } from '../store/create-postgres-store.ts';
import type { FailedOrders } from './failed-orders.ts';
import type { OrderIdBatches } from './pages.ts';

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
});

const minute = (index: number) => new Date(Date.UTC(2025, 7, 20, 10, index));

async function insert(orderId: string, index: number): Promise<void> {
  await subject.insert({
    order_id: orderId,
    client_phone: '447700900101',
    client_name: 'Customer',
    webhook_received_at: minute(index).toISOString(),
  });
}

async function fail(orderId: string): Promise<void> {
  const settle = { orderId, version: 1, phone: null, status: 'failed', reason: 'timeout' } as const;
  await must(store.settle(settle));
}

async function batchesOf(batches: OrderIdBatches): Promise<(readonly string[])[]> {
  const all: (readonly string[])[] = [];
  for await (const batch of batches) all.push(batch._unsafeUnwrap());
  return all;
}

describe('orderIdsBetween', () => {
  it('streams a half-open range by rank, ids bytewise where ranks are the same', async () => {
    for (const [orderId, index] of [
      ['d', 3],
      ['b', 1],
      ['B', 1],
      ['a', 1],
      ['c', 2],
      ['0', 0],
    ] as const) {
      await insert(orderId, index);
    }
    const range = { from: minute(1), to: minute(3) };
    expect(await batchesOf(store.orderIdsBetween({ ...range, batch: 3 }))).toEqual([['B', 'a', 'b'], ['c']]);
    expect(await batchesOf(store.orderIdsBetween({ ...range, batch: 1 }))).toEqual([
      ['B'],
      ['a'],
      ['b'],
      ['c'],
    ]);
    const text = { from: minute(3).toISOString(), to: minute(9).toISOString() };
    expect(await batchesOf(store.orderIdsBetween(text))).toEqual([['d']]);
    expect(await batchesOf(store.orderIdsBetween({ from: minute(5), to: minute(6) }))).toEqual([]);
  });

  it('ends with the error of a read', async () => {
    const client = { query: () => Promise.reject(new Error('gone')) };
    const broken = createPostgresStore<SuiteOrder>({ client, mapping: suiteMapping, scope: testScope });
    const kinds: unknown[] = [];
    for await (const batch of broken.orderIdsBetween({ from: minute(1), to: minute(3) })) {
      kinds.push(batch._unsafeUnwrapErr().kind);
    }
    expect(kinds).toEqual(['store_unavailable']);
  });

  it('refuses a range that is none', () => {
    const range = { from: new Date(Number.NaN), to: minute(1), batch: 0 };
    expect(() => store.orderIdsBetween(range)).toThrow(/from.*batch/);
  });
});

describe('failed orders', () => {
  beforeEach(async () => {
    for (const orderId of ['A', 'B', 'C', 'D', 'E']) await insert(orderId, 1);
    for (const orderId of ['A', 'B', 'C', 'D']) await fail(orderId);
    await schema.pool.query(
      `UPDATE ${schema.name}.orders SET cbb_sync_attempted_at = now() - interval '2 hours' WHERE order_id = 'C'`,
    );
  });

  it('are streamed, all or those of some age', async () => {
    expect(await batchesOf(store.failedOrderIds({ batch: 3 }))).toEqual([['A', 'B', 'C'], ['D']]);
    expect(await batchesOf(store.failedOrderIds({ olderThanMs: 3_600_000 }))).toEqual([['C']]);
  });

  it('are grouped by reason, most first, and chosen by kind and reason', async () => {
    const settle = { orderId: 'E', version: 1, phone: null, status: 'failed' } as const;
    await must(store.settle({ ...settle, reason: 'invalid_phone: no_digits' }));
    const groups = await must(store.failures());
    expect(groups).toMatchObject([
      { kind: 'timeout', reason: 'timeout', orders: 4, examples: ['A', 'B', 'C', 'D'] },
      { kind: 'invalid_phone', reason: 'invalid_phone: no_digits', orders: 1, examples: ['E'] },
    ]);
    expect(groups[0]?.oldestMs).toBeGreaterThanOrEqual(7_200_000);
    expect(groups[0]?.newestMs).toBeLessThan(7_200_000);
    const orders = async (filter: FailedOrders) => (await batchesOf(store.failedOrderIds(filter))).flat();
    expect(await orders({ kinds: ['invalid_phone', 'row_invalid'] })).toEqual(['E']);
    expect(await orders({ exceptKinds: ['timeout'] })).toEqual(['E']);
    expect(await orders({ reason: 'invalid_phone: no_digits' })).toEqual(['E']);
    expect(await orders({ reason: 'invalid_phone' })).toEqual([]);
    expect(await must(store.failures({ kinds: ['crashed'] }))).toEqual([]);
    expect(() => store.failures({ kinds: [''] })).toThrow(/kinds/);
    expect((await batchesOf(store.retryFailed({ kinds: ['invalid_phone'] }))).flat()).toEqual(['E']);
  });

  it('are made pending, due now, with all attempts before them', async () => {
    expect(await batchesOf(store.retryFailed({ olderThanMs: 3_600_000 }))).toEqual([['C']]);
    const loaded = await must(store.load('C', 0));
    expect(loaded?.order).toMatchObject({ status: 'pending', attempts: 0, reason: null, version: 1 });
    expect(await batchesOf(store.retryFailed({ batch: 2 }))).toEqual([['A', 'B'], ['D']]);
    expect(await batchesOf(store.failedOrderIds())).toEqual([]);
  });
});

describe('countByStatus', () => {
  it('counts each status, of the rollout where asked', async () => {
    for (const orderId of ['A', 'B', 'C']) await insert(orderId, 1);
    await fail('A');
    const phone = { phoneKey: '447700900101', bucket: 20 };
    await must(store.settle({ orderId: 'B', version: 1, phone, status: 'pending', reason: null }));
    const none = { history: 0, syncing: 0, synced: 0, no_whatsapp: 0, skipped: 0 };
    expect(await must(store.countByStatus())).toEqual({ ...none, pending: 2, failed: 1 });
    expect(await must(store.countByStatus({ rolloutPercent: 20 }))).toEqual({
      ...none,
      pending: 1,
      failed: 1,
    });
  });
});

describe('recordAudit', () => {
  it('keeps who did what', async () => {
    await must(
      store.recordAudit({ action: 'erase', actor: 'operator', orderId: 'A', details: { force: true } }),
    );
    const { rows } = await schema.pool.query(
      `SELECT action, actor, order_id, details FROM ${schema.name}.audit`,
    );
    expect(rows).toEqual([{ action: 'erase', actor: 'operator', order_id: 'A', details: { force: true } }]);
  });
});
