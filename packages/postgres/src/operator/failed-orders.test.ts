import { suiteMapping } from '@visanet/cbb-testkit/conformance';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { prepareSuite, type SuiteState, suiteStore, suiteSubject } from '../../test-support/suite-subject.ts';
import { createTestSchema, must, type TestSchema, tablesIn } from '../../test-support/test-schema.ts';
import { createLayout } from '../layout/layout.ts';
import type { PostgresStore } from '../store/create-postgres-store.ts';
import type { FailedOrders } from './failed-orders.ts';
import type { OrderIdBatches } from './pages.ts';

const hourMs = 3_600_000;

/** In the order of their bytes, which is that of no language. */
const failed = ['A', 'B', '_1', 'a', 'b'] as const;
const errors = {
  A: 'timeout',
  B: 'invalid_phone: no_digits',
  _1: 'invalid_phone: too_short',
  a: null,
  b: 'timeout',
} as const;

const filters: readonly [FailedOrders, readonly string[]][] = [
  [{}, failed],
  [{ kinds: ['timeout'] }, ['A', 'b']],
  [{ kinds: ['timeout', 'invalid_phone'] }, ['A', 'B', '_1', 'b']],
  [{ kinds: [] }, []],
  [{ exceptKinds: ['timeout'] }, ['B', '_1', 'a']],
  [{ kinds: ['invalid_phone'], exceptKinds: ['invalid_phone'] }, []],
  [{ reason: 'invalid_phone: no_digits' }, ['B']],
  [{ reason: 'invalid_phone' }, []],
  [{ olderThanMs: hourMs }, ['B', 'a']],
  [{ olderThanMs: hourMs, kinds: ['invalid_phone'] }, ['B']],
];

const flatOf = async (batches: OrderIdBatches) => (await batchesOf(batches)).flat();

async function batchesOf(batches: OrderIdBatches): Promise<(readonly string[])[]> {
  const all: (readonly string[])[] = [];
  for await (const batch of batches) all.push(batch._unsafeUnwrap());
  return all;
}

describe.each(['inline', 'beside'] satisfies SuiteState[])('failed orders, state %s', (state) => {
  let schema: TestSchema;
  let store: PostgresStore<unknown>;
  let table: string;

  beforeAll(async () => {
    schema = await createTestSchema();
    await prepareSuite(schema.pool, schema.name, state);
    store = suiteStore(schema.pool, schema.name, state);
    table = createLayout({ ...tablesIn(schema.name), state }, suiteMapping).state;
  });
  afterAll(() => schema.drop());

  beforeEach(async () => {
    const { insert } = await suiteSubject(schema.pool, schema.name, { client: schema.pool }, state);
    for (const orderId of [...failed, 'C', 'waits', 'done']) {
      await insert({
        order_id: orderId,
        client_phone: '447700900101',
        client_name: 'Customer',
        webhook_received_at: '2025-08-20T10:00:00.000Z',
      });
    }
    const set = (orderId: string, assignments: string, values: unknown[] = []) =>
      schema.pool.query(`UPDATE ${table} SET ${assignments} WHERE order_id = $1`, [orderId, ...values]);
    for (const orderId of failed) {
      await set(orderId, `cbb_sync_status = 'failed', cbb_sync_error = $2, cbb_sync_attempted_at = now()`, [
        errors[orderId],
      ]);
    }
    await set('B', `cbb_sync_attempted_at = now() - interval '2 hours'`);
    await set('a', 'cbb_sync_attempted_at = NULL');
    // Attempted long ago, and with the reasons of others: none of these has failed.
    const likeOthers = `cbb_sync_attempted_at = now() - interval '2 hours', cbb_sync_error = $2`;
    await set('C', likeOthers, ['timeout']);
    await set('waits', `${likeOthers}, cbb_sync_due_at = now() + interval '1 hour'`, [errors.B]);
    await set('done', `${likeOthers}, cbb_sync_status = 'synced'`, ['timeout']);
  });

  const statuses = async () => {
    const { rows } = await schema.pool.query(
      `SELECT cbb_sync_status AS status, array_agg(order_id::text ORDER BY order_id COLLATE "C") AS ids
        FROM ${table} GROUP BY 1`,
    );
    return Object.fromEntries(rows.map(({ status, ids }) => [status, ids]));
  };

  it.each(filters)('%j: %j', async (filter, expected) => {
    expect(await flatOf(store.failedOrderIds(filter))).toEqual(expected);
    const counted = await must(store.failures(filter));
    expect(counted.flatMap(({ examples }) => examples).sort()).toEqual([...expected].sort());
    expect(await flatOf(store.retryFailed(filter))).toEqual(expected);
    const left = failed.filter((orderId) => !expected.includes(orderId));
    const pending = [...expected, 'C', 'waits'].sort();
    expect(await statuses()).toEqual({
      ...(left.length > 0 ? { failed: left } : {}),
      pending,
      synced: ['done'],
    });
    expect((await must(store.load('waits', 0)))?.order.dueInMs).toBeGreaterThan(0);
  });

  it('come bytewise, a full page after the other', async () => {
    const pages = [['A', 'B'], ['_1', 'a'], ['b']];
    expect(await batchesOf(store.failedOrderIds({ batch: 2 }))).toEqual(pages);
    expect(await batchesOf(store.failedOrderIds({ batch: 5 }))).toEqual([failed]);
    expect(await batchesOf(store.retryFailed({ batch: 2 }))).toEqual(pages);
  });

  it('show the bytewise first of each reason', async () => {
    await schema.pool.query(
      `UPDATE ${table} SET cbb_sync_status = 'failed', cbb_sync_error = 'timeout' WHERE order_id = ANY($1)`,
      [[...failed, 'C']],
    );
    expect(await must(store.failures())).toMatchObject([{ orders: 6, examples: ['A', 'B', 'C', '_1', 'a'] }]);
  });

  it('ask for no page after one that is not full', async () => {
    let statements = 0;
    const query = (text: string, values?: unknown[]) => {
      statements += 1;
      return schema.pool.query(text, values);
    };
    const counting = suiteStore({ query }, schema.name, state);
    await must(counting.failures());
    statements = 0;
    expect(await batchesOf(counting.failedOrderIds({ batch: 3 }))).toHaveLength(2);
    expect(await batchesOf(counting.retryFailed({ batch: 3 }))).toHaveLength(2);
    expect(statements).toBe(4);
  });

  it('that another connection holds are passed over at once, and stay failed', async () => {
    const host = await schema.pool.connect();
    try {
      await host.query('BEGIN');
      await host.query(`SELECT 1 FROM ${table} WHERE order_id = '_1' FOR UPDATE`);
      expect(await flatOf(store.retryFailed())).toEqual(['A', 'B', 'a', 'b']);
    } finally {
      await host.query('ROLLBACK');
      host.release();
    }
    expect((await statuses()).failed).toEqual(['_1']);
  });

  it('that another connection changes meanwhile are made pending once', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => flatOf(store.retryFailed({ batch: 2 }))));
    expect(all.flat().sort()).toEqual([...failed].sort());
  });

  it('are counted beside the others, within the rollout', async () => {
    await schema.pool.query(`UPDATE ${table} SET cbb_sync_bucket = 20 WHERE order_id IN ('A', 'done')`);
    const none = { history: 0, syncing: 0, no_whatsapp: 0, skipped: 0 };
    expect(await must(store.countByStatus())).toEqual({ ...none, pending: 2, synced: 1, failed: 5 });
    const within = { ...none, pending: 2, synced: 0, failed: 4 };
    expect(await must(store.countByStatus({ rolloutPercent: 20 }))).toEqual(within);
  });
});
