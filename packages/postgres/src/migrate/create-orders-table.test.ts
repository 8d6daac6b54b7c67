import { readFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { viziMapping } from '@visanet/cbb-sync';
import { buildOrder } from '@visanet/cbb-testkit';
import { expect, it } from 'vitest';
import { createTestSchema, must, tablesIn } from '../../test-support/test-schema.ts';
import { checkOrdersTable } from './check-table.ts';
import { createOrdersTable } from './create-orders-table.ts';
import { ordersTableSql } from './orders-table-sql.ts';

it('makes a table that fits the default mapping and takes an order, once', async () => {
  const client = new PGlite();
  expect(await must(createOrdersTable(client))).toEqual({ created: true });
  await must(checkOrdersTable(client, { mapping: viziMapping }));
  const { rows: made } = await client.query(
    'INSERT INTO public.orders SELECT * FROM jsonb_populate_record(NULL::public.orders, $1) RETURNING order_id',
    [{ id: '00000000-0000-4000-8000-000000000000', ...buildOrder() }],
  );
  expect(made).toHaveLength(1);
  expect(await must(createOrdersTable(client))).toEqual({ created: false });
  const { rows } = await client.query('SELECT 1 FROM public.orders');
  expect(rows).toHaveLength(1);
  await client.close();
});

it('takes another name, and leaves a table of the host as it is', async () => {
  const schema = await createTestSchema();
  const { table } = tablesIn(schema.name);
  await schema.pool.query(`CREATE TABLE ${table} (order_id text)`);
  expect(await must(createOrdersTable(schema.pool, { table }))).toEqual({ created: false });
  expect(await must(createOrdersTable(schema.pool, { table: `${schema.name}.trial` }))).toEqual({
    created: true,
  });
  const { rows } = await schema.pool.query(`SELECT * FROM ${table}`);
  expect(rows).toEqual([]);
  await schema.drop();
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
