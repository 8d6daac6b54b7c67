import { readFileSync } from 'node:fs';
import { viziMapping } from '@visanet/cbb-sync';
import { buildOrder } from '@visanet/cbb-testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestSchema, must, type TestSchema, tablesIn } from '../../test-support/test-schema.ts';
import { checkOrdersTable } from './check-table.ts';
import { createOrdersTable } from './create-orders-table.ts';
import { ordersTableSql } from './orders-table-sql.ts';

let schema: TestSchema;
beforeAll(async () => {
  schema = await createTestSchema();
});
afterAll(() => schema.drop());

it('makes a table that fits the default mapping and takes an order, once', async () => {
  const table = `${schema.name}.trial`;
  expect(await must(createOrdersTable(schema.pool, { table }))).toEqual({ created: true });
  await must(checkOrdersTable(schema.pool, { mapping: viziMapping, table }));
  await schema.pool.query(`INSERT INTO ${table} SELECT * FROM jsonb_populate_record(NULL::${table}, $1)`, [
    { id: '00000000-0000-4000-8000-000000000000', ...buildOrder() },
  ]);
  expect(await must(createOrdersTable(schema.pool, { table }))).toEqual({ created: false });
  const { rows } = await schema.pool.query(`SELECT 1 FROM ${table}`);
  expect(rows).toHaveLength(1);
});

it('leaves a table of the host as it is', async () => {
  const { table } = tablesIn(schema.name);
  await schema.pool.query(`CREATE TABLE ${table} (order_id text)`);
  expect(await must(createOrdersTable(schema.pool, { table }))).toEqual({ created: false });
  const { fields } = await schema.pool.query(`SELECT * FROM ${table}`);
  expect(fields.map(({ name }) => name)).toEqual(['order_id']);
});

it('refuses a name that is none', () => {
  expect(() =>
    createOrdersTable({ query: () => Promise.reject(new Error('asked')) }, { table: 'a; b' }),
  ).toThrow(/table/);
});

it('is what the README shows', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  expect(readme).toContain(`${ordersTableSql().replaceAll('"', '')};`);
});
