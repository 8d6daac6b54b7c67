import type { DuePage, ListDueInput, StoreError } from '@visanet/cbb-sync';
import { err, ok, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import type { Layout } from '../layout/layout.ts';
import { inMs } from './fragments.ts';
import { hiddenByRowSecurity } from './load.ts';
import type { StoreParts } from './store-parts.ts';

const listAnswer = z.object({ due: z.array(z.string()), last: z.string().nullable(), hidden: z.boolean() });

/** Pages by due time, then id: many orders can be due since the same moment. Two parts, so that each has its own index. */
function listDueSql({ columns: c, orders, ordersLiteral }: Layout): string {
  const id = `o.${c.orderId}::text`;
  const inRollout = `COALESCE(o.${c.bucket}, -1) < $3::int`;
  const after = '$4::timestamptz';
  // No condition on a row comparison alone: the index is of the due time only.
  const beyond = (since: string) =>
    `(${after} IS NULL OR (${since} >= ${after} AND (${since}, ${id} COLLATE "C") > (${after}, $5::text)))`;
  const page = (id: string) => `ORDER BY since, ${id} COLLATE "C" LIMIT $1::int`;
  const crashedSince = `GREATEST(o.${c.attemptedAt} + ${inMs('$2')}, o.${c.dueAt})`;
  return `WITH waiting AS MATERIALIZED (
    SELECT ${id} AS id, o.${c.dueAt} AS since FROM ${orders} o
    WHERE o.${c.status} = 'pending' AND o.${c.dueAt} <= now() AND o.${c.dueAt} >= COALESCE(${after}, '-infinity')
      AND ${inRollout} AND ${beyond(`o.${c.dueAt}`)}
    ${page(id)}),
  crashed AS MATERIALIZED (
    SELECT ${id} AS id, ${crashedSince} AS since FROM ${orders} o
    WHERE o.${c.status} = 'syncing' AND o.${c.attemptedAt} <= now() - ${inMs('$2')}
      AND COALESCE(o.${c.dueAt}, '-infinity') <= now() AND ${inRollout} AND ${beyond(crashedSince)}
    ${page(id)}),
  due AS MATERIALIZED (
    SELECT id, since FROM (SELECT * FROM waiting UNION ALL SELECT * FROM crashed) d ${page('id')})
  SELECT jsonb_build_object(
    'due', COALESCE((SELECT jsonb_agg(id ORDER BY since, id COLLATE "C") FROM due), '[]'::jsonb),
    'last', (SELECT to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ' ' || id
      FROM due ORDER BY since DESC, id COLLATE "C" DESC LIMIT 1),
    'hidden', row_security_active(${ordersLiteral}))::text AS answer`;
}

/** Due orders page by page, for sweeps over what waits in a queue already: reads, and neither locks nor writes. */
export function createListDue<O>({ database, layout, allowRowSecurity }: StoreParts<O>) {
  const sql = listDueSql(layout);
  return (input: ListDueInput): ResultAsync<DuePage, StoreError> => {
    const { after, limit, leaseMs, rolloutPercent } = input;
    // The last order of the page before: its due time, a blank, its id.
    const [since, id] =
      after === null ? [null, null] : (/^(\S+) (.*)$/s.exec(after)?.slice(1) ?? [after, '']);
    return database
      .ask(sql, [limit, leaseMs, rolloutPercent, since, id], listAnswer)
      .andThen(({ due, last, hidden }) => {
        if (hidden && !allowRowSecurity && due.length === 0) return err(hiddenByRowSecurity);
        return ok({ orderIds: due, next: due.length < limit ? null : last });
      });
  };
}
