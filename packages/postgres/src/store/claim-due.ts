import type { ClaimInput, StoreError } from '@visanet/cbb-sync';
import { err, ok, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import type { Layout } from '../layout/layout.ts';
import { inMs } from './fragments.ts';
import { hiddenByRowSecurity } from './load.ts';
import type { StoreParts } from './store-parts.ts';

const claimAnswer = z.object({ claimed: z.array(z.string()), missed: z.boolean(), hidden: z.boolean() });

/** Two parts, so that each has its own index. */
function dueOrders({ columns: c, orders }: Layout): string {
  const inRollout = `COALESCE(o.${c.bucket}, -1) < $4::int`;
  const locked = 'LIMIT $1::int FOR NO KEY UPDATE SKIP LOCKED';
  return `waiting AS MATERIALIZED (
    SELECT o.${c.orderId} AS id, o.${c.dueAt} AS since FROM ${orders} o
    WHERE o.${c.status} = 'pending' AND o.${c.dueAt} <= now() AND ${inRollout}
    ORDER BY o.${c.dueAt} ${locked}),
  crashed AS MATERIALIZED (
    SELECT o.${c.orderId} AS id, GREATEST(o.${c.attemptedAt} + ${inMs('$3')}, o.${c.dueAt}) AS since FROM ${orders} o
    WHERE o.${c.status} = 'syncing' AND o.${c.attemptedAt} <= now() - ${inMs('$3')}
      AND COALESCE(o.${c.dueAt}, '-infinity') <= now() AND ${inRollout}
    ORDER BY o.${c.attemptedAt} ${locked})`;
}

export function claimSql(layout: Layout): string {
  const { columns: c, orders } = layout;
  return `WITH ${dueOrders(layout)},
  due AS MATERIALIZED (
    SELECT id, since FROM (SELECT * FROM waiting UNION ALL SELECT * FROM crashed) d ORDER BY since LIMIT $1::int),
  claimed AS (
    UPDATE ${orders} o SET ${c.dueAt} = now() + ${inMs('$2')} FROM due WHERE o.${c.orderId} = due.id
    RETURNING o.${c.orderId}::text AS id, due.since)
  SELECT jsonb_build_object('claimed', COALESCE((SELECT jsonb_agg(id ORDER BY since) FROM claimed), '[]'::jsonb),
    'missed', (SELECT count(*) FROM due) <> (SELECT count(*) FROM claimed),
    'hidden', row_security_active(${layout.ordersLiteral}))::text AS answer`;
}

/** Hands out due orders, oldest due first, each to one caller. */
export function createClaimDue<O>({ database, layout, allowRowSecurity }: StoreParts<O>) {
  const sql = claimSql(layout);
  return (input: ClaimInput): ResultAsync<readonly string[], StoreError> => {
    const { limit, visibilityMs, leaseMs, rolloutPercent } = input;
    return database
      .ask(sql, [limit, visibilityMs, leaseMs, rolloutPercent], claimAnswer)
      .andThen((answer) => {
        const hidden = answer.hidden && !allowRowSecurity && answer.claimed.length === 0;
        return hidden || answer.missed ? err(hiddenByRowSecurity) : ok(answer.claimed);
      });
  };
}
