import type { DuePage } from '@visanet/cbb-sync';
import { suiteMapping } from '@visanet/cbb-testkit/conformance';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { prepareSuite, type SuiteState, suiteStore, suiteSubject } from '../../test-support/suite-subject.ts';
import { createTestSchema, must, type TestSchema, tablesIn } from '../../test-support/test-schema.ts';
import { createLayout } from '../layout/layout.ts';
import type { PostgresStore } from './create-postgres-store.ts';

/** In the order of their bytes, which is that of no language. */
const due = ['A', 'B', '_1', 'a', 'b'] as const;
const crashed = ['B', 'a'];
const rules = { leaseMs: 1_000, rolloutPercent: 50 };
const since = `'2025-08-20T10:00:00Z'::timestamptz`;

describe.each(['inline', 'beside'] satisfies SuiteState[])('due orders, state %s', (state) => {
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

  const set = (orderIds: readonly string[], assignments: string) =>
    schema.pool.query(`UPDATE ${table} SET ${assignments} WHERE order_id = ANY($1)`, [orderIds]);

  beforeEach(async () => {
    const { insert } = await suiteSubject(schema.pool, schema.name, { client: schema.pool }, state);
    for (const orderId of [...due, 'finished', 'outside']) {
      await insert({
        order_id: orderId,
        client_phone: '447700900101',
        client_name: 'Customer',
        webhook_received_at: '2025-08-20T10:00:00.000Z',
      });
    }
    await set(
      [...due, 'finished', 'outside'],
      `cbb_sync_due_at = ${since}, cbb_sync_attempted_at = ${since}`,
    );
    await set([...crashed, 'outside'], `cbb_sync_status = 'syncing', cbb_sync_due_at = NULL`);
    await set(['outside'], 'cbb_sync_bucket = 50');
    // By hand, its due time left as it was.
    await set(['finished'], `cbb_sync_status = 'synced'`);
  });

  async function pagesOf(limit: number): Promise<(readonly string[])[]> {
    const pages: (readonly string[])[] = [];
    let after: string | null = null;
    do {
      const page: DuePage = await must(store.listDue({ ...rules, limit, after }));
      if (page.orderIds.length > 0) pages.push(page.orderIds);
      after = page.next;
    } while (after !== null);
    return pages;
  }

  it('of one time are listed bytewise, whether they wait or were left by a crash', async () => {
    expect(await pagesOf(1)).toEqual(due.map((orderId) => [orderId]));
    expect(await pagesOf(2)).toEqual([['A', 'B'], ['_1', 'a'], ['b']]);
    expect(await pagesOf(5)).toEqual([due]);
    expect(await pagesOf(9)).toEqual([due]);
  });

  it('are handed out, and what is finished is not, whatever its due time', async () => {
    const claimed = await must(store.claimDue({ ...rules, limit: 9, visibilityMs: 0 }));
    expect([...claimed].sort()).toEqual([...due].sort());
    expect((await must(store.load('finished', 0)))?.order).toMatchObject({ status: 'synced', dueInMs: null });
  });
});
