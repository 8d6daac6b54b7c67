import { suiteMapping } from '@visanet/cbb-testkit/conformance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareSuite } from '../../test-support/suite-subject.ts';
import { createTestSchema, type TestSchema, tablesIn } from '../../test-support/test-schema.ts';
import { createLayout } from '../layout/layout.ts';
import { failedPage } from '../operator/failed-orders.ts';
import { failureFilter } from '../operator/failure-filter.ts';
import { rangePage } from '../operator/order-ids-between.ts';
import { beginSql } from './begin-sql.ts';
import { claimSql } from './claim-due.ts';
import { completeSql } from './complete-sql.ts';
import { loadSql } from './load.ts';

let schema: TestSchema;
const layout = () => createLayout(tablesIn(schema.name), suiteMapping);

beforeAll(async () => {
  schema = await createTestSchema();
  await prepareSuite(schema.pool, schema.name);
  const table = `${schema.name}.orders`;
  await schema.pool.query(`INSERT INTO ${table} (order_id, client_phone, client_name, webhook_received_at)
    SELECT 'IL' || n, '44770090' || n % 9000, 'Customer', timestamptz '2025-01-01' + n * interval '1 minute'
    FROM generate_series(1, 30000) n`);
  await schema.pool.query(`UPDATE ${table} SET cbb_phone_key = client_phone, cbb_sync_bucket = 50, cbb_sync_status =
    CASE WHEN ctid::text LIKE '%,1)' THEN 'pending' WHEN ctid::text LIKE '%,2)' THEN 'failed'
      WHEN ctid::text LIKE '%,3)' THEN 'syncing' ELSE 'synced' END, cbb_sync_attempted_at = now()`);
  await schema.pool.query(`VACUUM ANALYZE ${table}`);
}, 60_000);
afterAll(() => schema.drop());

async function planOf(sql: string, values: readonly unknown[]): Promise<string> {
  const { rows } = await schema.pool.query(`EXPLAIN (COSTS OFF) ${sql}`, [...values]);
  return rows.map((row: unknown) => Object.values(Object(row)).join('')).join('\n');
}

describe('on a table of 30000 orders', () => {
  it('the sweep reads what is due, and what a crash left, by index', async () => {
    const plan = await planOf(claimSql(layout()), [10, 1_000, 60_000, 10]);
    expect(plan).toContain('idx_orders_cbb_due');
    expect(plan).toContain('idx_orders_cbb_syncing');
    expect(plan).not.toContain('Seq Scan on orders');
  });

  it('passes over orders outside of the rollout within the index', async () => {
    const plan = await planOf(claimSql(layout()), [10, 1_000, 60_000, 10]);
    expect(plan).toMatch(/Index Cond: .*COALESCE\(\(cbb_sync_bucket\)?/);
  });

  it('a range is read in the order of its index, without a sort', async () => {
    const plan = await planOf(rangePage(layout()), ['2025-01-02', '2025-02-01', 'IL9', 500]);
    expect(plan).toContain('idx_orders_cbb_rank');
    expect(plan).not.toMatch(/Sort|Seq Scan/);
  });

  it('failed orders are read in the order of their index, without a sort', async () => {
    const plan = await planOf(failedPage(layout()), [
      '',
      failureFilter({ exceptKinds: ['invalid_phone'] }),
      10,
    ]);
    expect(plan).toContain('idx_orders_cbb_failed');
    expect(plan).not.toMatch(/Sort|Seq Scan/);
  });

  it('load, begin and complete touch the rows of one phone by index', async () => {
    const plans = [
      await planOf(loadSql(layout()), ['IL7', 100]),
      await planOf(beginSql(layout()), ['scope', '447700907', 'tombstone', 7, 'IL7', 1, 60_000, '[]']),
      await planOf(completeSql(layout()), [
        'scope',
        '447700907',
        'token',
        'tombstone',
        '[]',
        'IL7',
        '{}',
        '[{"orderId":"IL7","version":1}]',
      ]),
    ];
    expect(plans[0]).toContain('idx_orders_cbb_unkeyed');
    expect(plans[1]).toContain('idx_orders_cbb_phone_key');
    expect(plans[2]).toContain('idx_orders_cbb_phone_key');
    expect(plans.join('\n')).not.toContain('Seq Scan on orders');
  });
});
