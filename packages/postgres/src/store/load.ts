import type { LoadAnswer, StoreError } from '@visanet/cbb-sync';
import { err, ok, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import type { Layout } from '../layout/layout.ts';
import { asKey, storedOrder } from './fragments.ts';
import { hiddenByRowSecurity } from './locked-or-hidden.ts';
import { answers, readOrder } from './read-orders.ts';
import type { StoreParts } from './store-parts.ts';

const loadAnswer = z.object({
  order: answers.stored.nullable(),
  unkeyed: z.array(answers.stored),
  hidden: z.boolean(),
});

/** An order as the sync sees it; beside, history has no row of its own. */
export function orderOrHistory(layout: Layout, id: string): string {
  const { state, key, beside, orders, columns: c, read } = layout;
  const kept = `SELECT ${storedOrder(layout)} AS stored FROM ${state} s WHERE s.${key} = ${id}`;
  if (!beside) return kept;
  const row = `(SELECT to_jsonb(r) FROM (SELECT ${read.map((column) => `o.${column}`).join(', ')}) r)`;
  return `${kept} UNION ALL SELECT jsonb_build_object('orderId', o.${c.orderId}::text, 'row', ${row}, 'version', 1,
    'status', 'history', 'attempts', 0, 'phoneKey', NULL, 'reason', NULL, 'dueInMs', NULL, 'failingForMs', NULL)
    FROM ${orders} o WHERE o.${c.orderId} = ${id}
      AND NOT EXISTS (SELECT 1 FROM ${state} s WHERE s.${key} = o.${c.orderId})`;
}

/** `$1` order, `$2` limit of those without a key. */
export function loadSql(layout: Layout): string {
  const { columns: c, state, key } = layout;
  const unkeyed = `s.${c.status} = 'pending' AND s.${c.phoneKey} IS NULL`;
  const own = asKey(layout, '$1');
  return `SELECT jsonb_build_object(
    'order', (${orderOrHistory(layout, own)}),
    'hidden', row_security_active(${layout.ordersLiteral}),
    'unkeyed', (SELECT COALESCE(jsonb_agg(u.stored ORDER BY u.due), '[]'::jsonb) FROM (
      SELECT ${storedOrder(layout)} AS stored, s.${c.dueAt} AS due FROM ${state} s
      WHERE ${unkeyed} AND s.${key} <> ${own}
        AND EXISTS (SELECT 1 FROM ${state} s WHERE s.${key} = ${own} AND ${unkeyed})
      ORDER BY s.${c.dueAt} LIMIT $2::int) u))::text AS answer`;
}

/** Reads an order, and where it has no phone key, what is pending beside it without one. */
export function createLoad<O>({ database, layout, mapping, allowRowSecurity }: StoreParts<O>) {
  const sql = loadSql(layout);
  return (orderId: string, unkeyedLimit: number): ResultAsync<LoadAnswer<O> | null, StoreError> =>
    database.ask(sql, [orderId, unkeyedLimit], loadAnswer).andThen((answer) => {
      if (answer.order === null) {
        return answer.hidden && !allowRowSecurity ? err(hiddenByRowSecurity) : ok(null);
      }
      const unkeyed = answer.unkeyed.map((row) => readOrder(mapping, row)).filter((order) => order.readable);
      return ok({ order: readOrder(mapping, answer.order), unkeyed });
    });
}
