import type { LoadAnswer, StoreError } from '@visanet/cbb-sync';
import { err, ok, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import { rowMissing } from '../client/store-errors.ts';
import type { Layout } from '../layout/layout.ts';
import { storedOrder } from './fragments.ts';
import { answers, readOrder } from './read-orders.ts';
import type { StoreParts } from './store-parts.ts';

const loadAnswer = z.object({
  order: answers.stored.nullable(),
  unkeyed: z.array(answers.stored),
  hidden: z.boolean(),
});

export function loadSql(layout: Layout): string {
  const { columns: c, orders } = layout;
  return `SELECT jsonb_build_object(
    'order', (SELECT ${storedOrder(layout)} FROM ${orders} o WHERE o.${c.orderId} = $1::text),
    'hidden', row_security_active(${layout.ordersLiteral}),
    'unkeyed', (SELECT COALESCE(jsonb_agg(u.stored ORDER BY u.due), '[]'::jsonb) FROM (
      SELECT ${storedOrder(layout)} AS stored, o.${c.dueAt} AS due FROM ${orders} o
      WHERE o.${c.status} = 'pending' AND o.${c.phoneKey} IS NULL AND o.${c.dueAt} IS NOT NULL
        AND o.${c.orderId} <> $1::text
      ORDER BY o.${c.dueAt} LIMIT $2::int) u))::text AS answer`;
}

/** Reads an order, and what is pending beside it without a phone key. */
export function createLoad<O>({ database, layout, mapping, allowRowSecurity }: StoreParts<O>) {
  const sql = loadSql(layout);
  return (orderId: string, unkeyedLimit: number): ResultAsync<LoadAnswer<O> | null, StoreError> =>
    database.ask(sql, [orderId, unkeyedLimit], loadAnswer).andThen((answer) => {
      if (answer.order === null) {
        return answer.hidden && !allowRowSecurity ? err(hiddenByRowSecurity) : ok(null);
      }
      const unkeyed = answer.unkeyed.flatMap((row) => readOrder(mapping, row).unwrapOr([]));
      return readOrder(mapping, answer.order).map((order) => ({ order, unkeyed }));
    });
}

/** Retryable: the order may also be not committed yet. */
export const hiddenByRowSecurity: StoreError = rowMissing(
  'Nothing found, but row-level security applies to this database role and may hide orders. ' +
    'Use a role that bypasses it, or set allowRowSecurity if the policies are meant so.',
  true,
);
