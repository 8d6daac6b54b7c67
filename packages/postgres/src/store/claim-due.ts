import type { ClaimInput, DuePage, ListDueInput, StoreError } from '@visanet/cbb-sync';
import { err, ok, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import type { Layout } from '../layout/layout.ts';
import { idText, inMs } from './fragments.ts';
import { hiddenByRowSecurity } from './locked-or-hidden.ts';
import type { StoreParts } from './store-parts.ts';

const claimAnswer = z.object({ claimed: z.array(z.string()), missed: z.boolean(), hidden: z.boolean() });

/** Two kinds, so that each has its own index; `since` is when the order became due. */
function dueKinds({ columns: c }: Layout, leaseMs: string, rolloutPercent: string) {
  const inRollout = `COALESCE(s.${c.bucket}, -1) < ${rolloutPercent}::int`;
  return {
    pending: {
      since: `s.${c.dueAt}`,
      when: `s.${c.status} = 'pending' AND s.${c.dueAt} <= now() AND ${inRollout}`,
    },
    crashed: {
      since: `s.${c.attemptedAt}`,
      when: `s.${c.status} = 'syncing' AND s.${c.attemptedAt} <= now() - ${inMs(leaseMs)} AND ${inRollout}`,
    },
  };
}

/** `$1` limit, `$2` visibility, `$3` lease, `$4` rollout percent. */
export function claimSql(layout: Layout): string {
  const { columns: c, state, key } = layout;
  const { pending, crashed } = dueKinds(layout, '$3', '$4');
  const part = (
    { since, when }: typeof pending,
    as: string,
  ) => `SELECT s.${key} AS id, ${as} AS since FROM ${state} s
    WHERE ${when} AND (s.${c.claimedUntil} IS NULL OR s.${c.claimedUntil} <= now())
    ORDER BY ${since} LIMIT $1::int FOR NO KEY UPDATE SKIP LOCKED`;
  return `WITH waiting AS MATERIALIZED (${part(pending, pending.since)}),
  crashed AS MATERIALIZED (${part(crashed, `${crashed.since} + ${inMs('$3')}`)}),
  due AS MATERIALIZED (
    SELECT id, since FROM (SELECT * FROM waiting UNION ALL SELECT * FROM crashed) d ORDER BY since LIMIT $1::int),
  claimed AS (
    UPDATE ${state} s SET ${c.claimedUntil} = now() + ${inMs('$2')} FROM due WHERE s.${key} = due.id
    RETURNING ${idText(layout)} AS id, due.since)
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

const pageAnswer = z.object({
  page: z.array(z.object({ id: z.string(), since: z.string() })),
  hidden: z.boolean(),
});

/** `$1` limit, `$2` lease, `$3` rollout percent, `$4` and `$5` time and id after which the page starts. */
export function listSql(layout: Layout): string {
  const { state } = layout;
  const { pending, crashed } = dueKinds(layout, '$2', '$3');
  const id = `${idText(layout)} COLLATE "C"`;
  const part = ({ since, when }: typeof pending) => `(SELECT ${idText(layout)}::text AS id, ${since} AS since
    FROM ${state} s WHERE ${when} AND (${since}, ${id}) > ($4::timestamptz, $5::text)
    ORDER BY ${since}, ${id} LIMIT $1::int)`;
  return `SELECT jsonb_build_object('page', COALESCE(jsonb_agg(jsonb_build_object('id', d.id, 'since', d.since)
      ORDER BY d.since, d.id COLLATE "C"), '[]'::jsonb), 'hidden', row_security_active(${layout.ordersLiteral}))::text AS answer
    FROM (SELECT * FROM (${part(pending)} UNION ALL ${part(crashed)}) p
      ORDER BY p.since, p.id COLLATE "C" LIMIT $1::int) d`;
}

const separator = ' ';

/** Pages through due orders by the time since when; what becomes due or is moved while it reads may come again. */
export function createListDue<O>({ database, layout, allowRowSecurity }: StoreParts<O>) {
  const sql = listSql(layout);
  return (input: ListDueInput): ResultAsync<DuePage, StoreError> => {
    const { after, limit, leaseMs, rolloutPercent } = input;
    const [since = '-infinity', ...id] = after?.split(separator) ?? [];
    return database
      .ask(sql, [limit, leaseMs, rolloutPercent, since, id.join(separator)], pageAnswer)
      .andThen(({ page, hidden }) => {
        if (hidden && !allowRowSecurity && page.length === 0) return err(hiddenByRowSecurity);
        const last = page.length < limit ? undefined : page.at(-1);
        const next = last === undefined ? null : `${last.since}${separator}${last.id}`;
        return ok({ orderIds: page.map(({ id: orderId }) => orderId), next });
      });
  };
}
