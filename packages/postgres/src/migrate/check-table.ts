import { checkOptions, type Mapping, type OptionRule, type StoreError } from '@visanet/cbb-sync';
import { err, ok, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import { createDatabase, type Database } from '../client/database.ts';
import type { PostgresClient } from '../client/postgres-client.ts';
import { misconfigured } from '../client/store-errors.ts';
import { createLayout, type Layout, type LayoutOptions } from '../layout/layout.ts';
import { layoutRules, mappingProblem } from '../layout/layout-rules.ts';

const checkAnswer = z.object({ exists: z.boolean(), missing: z.array(z.string()), unique: z.boolean() });

const bare = (name: string) => name.replaceAll('"', '');

/** The host's own part of the table must be there: the columns of the mapping, and a unique order id. */
export function checkTable(database: Database, layout: Layout): ResultAsync<void, StoreError> {
  const { orderId, rank } = layout.columns;
  const needed = [...new Set([orderId, rank, ...layout.watched])].map(bare);
  // Null, not an error, where there is no such table.
  const table = `to_regclass(${layout.ordersLiteral})`;
  const sql = `SELECT jsonb_build_object(
    'exists', ${table} IS NOT NULL,
    'missing', (SELECT COALESCE(jsonb_agg(n.name), '[]'::jsonb) FROM unnest($1::text[]) n(name) WHERE NOT EXISTS (
      SELECT 1 FROM pg_attribute a WHERE a.attrelid = ${table} AND a.attname = n.name AND NOT a.attisdropped)),
    'unique', EXISTS (SELECT 1 FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
      WHERE i.indrelid = ${table} AND i.indisunique AND i.indnkeyatts = 1 AND i.indpred IS NULL
        AND a.attname = $2::text))::text AS answer`;
  return database.ask(sql, [needed, bare(orderId)], checkAnswer).andThen(({ exists, missing, unique }) => {
    if (!exists) {
      const remedy = 'Create it, or name yours in the configuration (store.table of --config)';
      return err(misconfigured(`The orders table ${bare(layout.orders)} does not exist. ${remedy}.`));
    }
    if (missing.length > 0) {
      return err(misconfigured(`The orders table lacks columns of the mapping: ${missing.join(', ')}.`));
    }
    return unique ? ok() : err(misconfigured('The order id column of the orders table has no unique index.'));
  });
}

export interface OrdersTableOptions extends LayoutOptions {
  /** Its watched columns must be there; they become the re-arm trigger's. */
  readonly mapping: Pick<Mapping<unknown>, 'orderIdColumn' | 'rankColumn' | 'watchedColumns' | 'parse'>;
}

export const ordersTableRules: Readonly<Record<string, OptionRule>> = {
  ...layoutRules,
  mapping: mappingProblem,
};

/**
 * Whether the host's own part of the schema is there, which `migrate` asks for before it does anything: the orders
 * table, the columns of the mapping, and a unique order id. Reads the catalog alone.
 *
 * @throws TypeError that lists every problem of the options
 */
export function checkOrdersTable(
  client: PostgresClient,
  options: OrdersTableOptions,
): ResultAsync<void, StoreError> {
  checkOptions('checkOrdersTable', options, ordersTableRules);
  return checkTable(createDatabase(client), createLayout(options, options.mapping));
}
