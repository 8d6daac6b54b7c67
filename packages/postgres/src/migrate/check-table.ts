import type { StoreError } from '@visanet/cbb-sync';
import { err, ok, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import { misconfigured } from '../client/classify-error.ts';
import type { Database } from '../client/database.ts';
import type { Layout } from '../layout/layout.ts';

const checkAnswer = z.object({ missing: z.array(z.string()), unique: z.boolean() });

const bare = (column: string) => column.replaceAll('"', '');

/** The host's own part of the table must be there: the columns of the mapping, and a unique order id. */
export function checkTable(database: Database, layout: Layout): ResultAsync<void, StoreError> {
  const { orderId, rank } = layout.columns;
  const needed = [...new Set([orderId, rank, ...layout.watched])].map(bare);
  const table = `${layout.ordersLiteral}::regclass`;
  const sql = `SELECT jsonb_build_object(
    'missing', (SELECT COALESCE(jsonb_agg(n.name), '[]'::jsonb) FROM unnest($1::text[]) n(name) WHERE NOT EXISTS (
      SELECT 1 FROM pg_attribute a WHERE a.attrelid = ${table} AND a.attname = n.name AND NOT a.attisdropped)),
    'unique', EXISTS (SELECT 1 FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
      WHERE i.indrelid = ${table} AND i.indisunique AND i.indnkeyatts = 1 AND i.indpred IS NULL
        AND a.attname = $2::text))::text AS answer`;
  return database.ask(sql, [needed, bare(orderId)], checkAnswer).andThen(({ missing, unique }) => {
    if (missing.length > 0) {
      return err(misconfigured(`The orders table lacks columns of the mapping: ${missing.join(', ')}.`));
    }
    return unique ? ok() : err(misconfigured('The order id column of the orders table has no unique index.'));
  });
}
