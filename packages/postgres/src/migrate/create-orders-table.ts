import { optional, type StoreError } from '@visanet/cbb-sync';
import type { ResultAsync } from 'neverthrow';
import * as z from 'zod';
import { checkCall } from '../client/check-call.ts';
import { createDatabase } from '../client/database.ts';
import type { PostgresClient } from '../client/postgres-client.ts';
import { literal, quote, tableProblem } from '../layout/identifiers.ts';
import type { LayoutOptions } from '../layout/layout.ts';
import { ordersTableSql } from './orders-table-sql.ts';

export interface CreatedTable {
  /** False: there was a table of this name, which stays as it is. */
  readonly created: boolean;
}

/**
 * Makes the plan's orders table for a trial, where there is none; `migrate` comes after.
 *
 * @throws TypeError that lists every problem of the options
 */
export function createOrdersTable(
  client: PostgresClient,
  options: Pick<LayoutOptions, 'table'> = {},
): ResultAsync<CreatedTable, StoreError> {
  checkCall('createOrdersTable', client, options, { table: optional(tableProblem) });
  const database = createDatabase(client);
  const table = options.table ?? 'public.orders';
  const sql = `SELECT jsonb_build_object('created', to_regclass(${literal(quote(table))}) IS NULL)::text AS answer`;
  return database
    .ask(sql, [], z.object({ created: z.boolean() }))
    .andThrough(() => database.run(ordersTableSql(table)));
}
