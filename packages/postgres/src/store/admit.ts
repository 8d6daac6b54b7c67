import type { StoreError } from '@visanet/cbb-sync';
import { err, ok, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import { rowMissing } from '../client/store-errors.ts';
import type { Layout } from '../layout/layout.ts';
import { isKnown } from './arm.ts';
import { asKey, dueNow, patience } from './fragments.ts';
import { lockedOrHidden } from './locked-or-hidden.ts';
import type { StoreParts } from './store-parts.ts';

/** `$1` order. Beside, the host's row is locked too: an edit that runs has not seen that it must make the order due. */
function admitSql(layout: Layout): string {
  const { columns: c, state, key, beside, orders } = layout;
  const own = asKey(layout, '$1');
  const admitted = beside
    ? `mine AS MATERIALIZED (
    SELECT o.${c.orderId} AS id, o.${c.rank} AS rank FROM ${orders} o CROSS JOIN patience WHERE o.${c.orderId} = ${own}
    FOR SHARE OF o SKIP LOCKED),
  admitted AS (
    INSERT INTO ${state} (${key}, ${c.firstRank}, ${c.status}, ${c.dueAt})
    SELECT mine.id, mine.rank, 'pending', now() FROM mine ON CONFLICT DO NOTHING RETURNING 1)`
    : `mine AS MATERIALIZED (
    SELECT s.${key} AS id FROM ${state} s WHERE s.${key} = ${own} FOR NO KEY UPDATE SKIP LOCKED),
  admitted AS (
    UPDATE ${state} s SET ${dueNow(layout)} FROM mine WHERE s.${key} = mine.id AND s.${c.status} IS NULL RETURNING 1)`;
  return `WITH ${patience}, ${admitted}
  SELECT jsonb_build_object('known', ${isKnown(layout, own)}, 'locked', NOT EXISTS (SELECT 1 FROM mine),
    'hidden', row_security_active(${layout.ordersLiteral}))::text AS answer`;
}

const admitAnswer = z.object({ known: z.boolean(), locked: z.boolean(), hidden: z.boolean() });

/** Makes an order of history one that the sync works on. */
export function createAdmit<O>(parts: StoreParts<O>) {
  const sql = admitSql(parts.layout);
  type Answer = 'admitted' | 'locked';
  return (orderId: string): ResultAsync<Answer, StoreError> =>
    parts.database.ask(sql, [orderId], admitAnswer).andThen(({ known, locked, hidden }) => {
      if (!known) return err(rowMissing('There is no such order.'));
      return locked ? lockedOrHidden<O, Answer>(parts, hidden, 'locked') : ok<Answer, StoreError>('admitted');
    });
}
