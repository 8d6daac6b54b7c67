import { suiteMapping } from '@visanet/cbb-testkit/conformance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planTable } from '../../test-support/plan-tables.ts';
import { createTestSchema, must, type TestSchema, tablesIn } from '../../test-support/test-schema.ts';
import { createLayout } from '../layout/layout.ts';
import { migrate } from '../migrate/migrate.ts';
import { failedPage } from '../operator/failed-orders.ts';
import { failureFilter } from '../operator/failure-filter.ts';
import { rangePage } from '../operator/order-ids-between.ts';
import { beginSql } from './begin-sql.ts';
import { claimSql, listSql } from './claim-due.ts';
import { againSql, completeSql } from './complete-sql.ts';
import { beginEraseSql, completeEraseSql } from './erase.ts';
import { loadSql } from './load.ts';
import { peekSql } from './peek.ts';
import { releaseSql } from './release.ts';
import { settleSql } from './settle.ts';
import { voidSql } from './void-ledger.ts';

const hot = '447700900007';
const rows = 30_000;
const finished = 10_000;

/** A plan of `EXPLAIN (FORMAT JSON)`, as much of it as is read here. */
interface PlanNode {
  readonly relation: string;
  readonly index: string;
  readonly kind: string;
  /** Rows that were read of the relation, whether they were kept or not. */
  readonly read: number;
}

function nodesOf(plan: unknown): PlanNode[] {
  if (typeof plan !== 'object' || plan === null) return [];
  const text = (name: string) => String(Reflect.get(plan, name) ?? '');
  const count = (name: string) => Number(Reflect.get(plan, name) ?? 0);
  const own: PlanNode = {
    relation: text('Relation Name'),
    index: text('Index Name'),
    kind: text('Node Type'),
    read: (count('Actual Rows') + count('Rows Removed by Filter')) * Math.max(1, count('Actual Loops')),
  };
  const children: unknown = Reflect.get(plan, 'Plans');
  return [own, ...(Array.isArray(children) ? children.flatMap(nodesOf) : [])];
}

describe.each(['inline', 'beside'] as const)('on a table of 30000 orders, state %s', (state) => {
  let schema: TestSchema;
  const layout = () => createLayout({ ...tablesIn(schema.name), state }, suiteMapping);
  const index = (suffix: string) => `idx_${state === 'inline' ? 'orders' : 'states'}_cbb_${suffix}`;

  beforeAll(async () => {
    schema = await createTestSchema();
    const { orders, state: kept, key, columns: c } = layout();
    const run = (sql: string) => schema.pool.query(sql);
    await run(planTable(`${schema.name}.orders`));
    // A third of the orders is of one phone.
    await run(`INSERT INTO ${orders} (order_id, client_phone, client_name, webhook_received_at)
      SELECT 'IL' || n, CASE WHEN n <= ${finished} THEN '${hot}' ELSE '4477009' || n END, 'Customer',
        timestamptz '2025-01-01' + n * interval '1 minute' FROM generate_series(1, ${rows}) n`);
    await must(migrate(schema.pool, { mapping: suiteMapping, ...tablesIn(schema.name), state }));
    if (layout().beside) {
      await run(
        `INSERT INTO ${kept} (${key}, ${c.firstRank}) SELECT order_id, webhook_received_at FROM ${orders}`,
      );
    }
    await run(`UPDATE ${kept} s SET ${c.phoneKey} = o.client_phone, ${c.bucket} = 50, ${c.attemptedAt} = now(),
      ${c.dueAt} = CASE WHEN o.client_phone <> '${hot}' AND right(o.order_id, 1) = '1' THEN now() END,
      ${c.status} = CASE WHEN o.client_phone = '${hot}' THEN 'synced' WHEN right(o.order_id, 1) = '1' THEN 'pending'
        WHEN right(o.order_id, 1) = '2' THEN 'failed' WHEN right(o.order_id, 1) = '3' THEN 'syncing'
        WHEN right(o.order_id, 1) = '4' THEN 'skipped' ELSE 'synced' END
      FROM ${orders} o WHERE o.order_id = s.${key}`);
    await run(`INSERT INTO ${orders} (order_id, client_phone, client_name, webhook_received_at)
      VALUES ('own', '${hot}', 'Customer', '2027-01-01')`);
    await run(`INSERT INTO ${layout().ledger} (scope, phone_key, lease_token, lease_expires_at, applied_order_id)
      VALUES ('held', '${hot}', '00000000-0000-4000-8000-000000000000', now() + interval '1 hour', 'IL5')`);
    for (const table of new Set([orders, kept])) await run(`VACUUM ANALYZE ${table}`);
  }, 120_000);
  afterAll(() => schema.drop());

  /** Runs the statement, undoes it, and gives what it read. */
  async function nodes(sql: string, values: readonly unknown[]): Promise<PlanNode[]> {
    const client = await schema.pool.connect();
    await client.query('BEGIN');
    const answer = await client.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, [...values]);
    await client.query('ROLLBACK');
    client.release();
    const [first] = Object.values(Object(answer.rows[0]));
    return Array.isArray(first)
      ? first.flatMap((top: unknown) => nodesOf(Reflect.get(Object(top), 'Plan')))
      : [];
  }

  const token = '00000000-0000-4000-8000-000000000000';
  const held = ['held', hot, token, 'tombstone'];
  const ledger =
    '{"contact":"exists","hashes":{},"appliedHashes":null,"identity":{},"verified":true,"unclean":false}';
  const own = '{"orderId":"own","version":1}';
  const outcome = '{"orderId":"own","version":1,"status":"synced","reason":null,"contact":null}';

  it.each([
    ['load', () => loadSql(layout()), ['own', 1_000]],
    ['begin', () => beginSql(layout()), ['new', hot, 'tombstone', 7, 'own', 1, 60_000, '[]', null]],
    [
      'begin of a held phone',
      () => beginSql(layout()),
      ['held', hot, 'tombstone', 7, 'own', 1, 60_000, '[]', null],
    ],
    ['complete', () => completeSql(layout()), [...held, '[]', 'own', ledger, `[${outcome}]`, 'own', false]],
    [
      'complete with all it saw',
      () => completeSql(layout()),
      [...held, `[${own}]`, 'own', ledger, `[${outcome}]`, 'own', false],
    ],
    ['complete that is refused', () => againSql(layout()), [...held, 'own']],
    [
      'release',
      () => releaseSql(layout()),
      [...held, 'own', ledger, 'own', 1, 'pending', 0, null, true, true],
    ],
    ['settle', () => settleSql(layout()), ['held', 'own', 1, 'skipped', 'why', false, hot, 7]],
    [
      'settle of one that leaves the phone',
      () => settleSql(layout()),
      ['held', 'IL9', 1, 'skipped', 'why', false, '4477', 7],
    ],
    ['voidLedger', () => voidSql(layout()), ['held', hot, 'tombstone', 'own']],
    ['peek', () => peekSql(layout()), ['held', 'own', hot]],
    ['beginErase', () => beginEraseSql(layout()), ['new', hot, 'tombstone', 60_000]],
  ] as const)(
    '%s reads a few orders, of a phone that has 10000 which are finished',
    async (_, sql, values) => {
      const read = (await nodes(sql(), values)).filter(({ relation }) => /^(orders|states)$/.test(relation));
      expect(read.reduce((sum, node) => sum + node.read, 0)).toBeLessThan(30);
      expect(read.map(({ kind }) => kind)).not.toContain('Seq Scan');
    },
  );

  it('an erasure reads the orders of the phone by index', async () => {
    const read = await nodes(completeEraseSql(layout()), ['held', '447700920001', 'tombstone', token]);
    const reads = read.filter(({ relation }) => /^(orders|states)$/.test(relation));
    expect(reads.map(({ kind }) => kind)).not.toContain('Seq Scan');
    expect(reads.map((node) => node.index)).toEqual(
      expect.arrayContaining([index('newest'), index('skipped')]),
    );
  });

  it('the sweep reads what is due, and what a crash left, by index, the rollout within it', async () => {
    for (const [sql, values] of [
      [claimSql(layout()), [10, 1_000, 0, 10]],
      [listSql(layout()), [10, 0, 10, '-infinity', '']],
      [listSql(layout()), [10, 0, 100, '2020-01-01', 'IL11']],
    ] as const) {
      const read = await nodes(sql, values);
      const indexes = read.map((node) => node.index);
      expect(indexes).toContain(index('due'));
      expect(indexes).toContain(index('syncing'));
      const rowsRead = read.filter(({ relation }) => relation !== '').map((node) => node.read);
      expect(Math.max(...rowsRead)).toBeLessThanOrEqual(20);
    }
  });

  it('failed orders are read in the order of their index, without a sort', async () => {
    const read = await nodes(failedPage(layout()), ['', failureFilter({}), 10]);
    expect(read.map((node) => node.index)).toContain(index('failed'));
    expect(read.map(({ kind }) => kind)).not.toContain('Sort');
  });

  if (state === 'inline') {
    it('a range is read in the order of its index, without a sort', async () => {
      const read = await nodes(rangePage(layout()), ['2025-01-02', '2025-02-01', 'IL9', 500]);
      expect(read.map((node) => node.index)).toContain('idx_orders_cbb_rank');
      expect(read.map(({ kind }) => kind)).not.toContain('Sort');
    });
  }
});
