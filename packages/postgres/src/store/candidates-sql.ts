import type { Layout } from '../layout/layout.ts';
import { asKey, candidateRow, newestFirst, unfinished } from './fragments.ts';

interface Choice {
  /** A part of one ledger row or none. */
  readonly ledger: string;
  /** Whether its hashes prove nothing, as SQL over `l`. */
  readonly unclean: string;
  /** The job's own order, which the caller adds; it is not the newest finished one. Null: it may be. */
  readonly own: string | null;
}

/**
 * Ids of the orders of a phone that can matter to its contact, as a part `matters`: what is unfinished, the newest that
 * is finished, and where the contact may hold something else than that, the one that was applied.
 */
export function matters(layout: Layout, { ledger, unclean, own }: Choice): string {
  const { columns: c, state, key } = layout;
  const others = own === null ? '' : `AND s.${key} <> ${own}`;
  return `matters AS MATERIALIZED (
    SELECT s.${key} AS id FROM ${ledger} l JOIN ${state} s ON s.${c.phoneKey} = l.phone_key WHERE ${unfinished(layout)}
    UNION SELECT n.id FROM ${ledger} l CROSS JOIN LATERAL (
      SELECT s.${key} AS id FROM ${state} s
      WHERE s.${c.phoneKey} = l.phone_key AND s.${c.status} IN ('synced', 'no_whatsapp') ${others}
      ORDER BY ${newestFirst(layout)} LIMIT 1) n
    UNION SELECT s.${key} FROM ${ledger} l
      JOIN ${state} s ON s.${key} = ${asKey(layout, 'l.applied_order_id')} AND s.${c.phoneKey} = l.phone_key
      WHERE ${unclean} OR l.applied_hashes IS NOT NULL)`;
}

/** Rows of `candidateRow` of what matters, but for some ids. */
export function mattering(layout: Layout, except = ''): string {
  const { state, key } = layout;
  return `SELECT ${candidateRow(layout)} FROM matters m JOIN ${state} s ON s.${key} = m.id ${except}`;
}

/** Whether the rank of `a` is newer; without a rank an order is the oldest, and ids decide between equal ones. */
function isNewer(a: string, b: string): string {
  return `(${a}.rank > ${b}.rank OR (${a}.rank IS NOT NULL AND ${b}.rank IS NULL)
    OR (${a}.rank IS NOT DISTINCT FROM ${b}.rank AND ${a}.id COLLATE "C" > ${b}.id))`;
}

/** All candidates as one JSON list; `source` has rows of `candidateRow`, `ledger` is a part of one ledger row or none. */
export function candidateList(layout: Layout, source: string, ledger: string, phoneKey: string): string {
  return `(SELECT COALESCE(jsonb_agg(x.stored || jsonb_build_object('position', CASE
      WHEN x.id = a.id THEN 'applied'
      WHEN ${isNewer('h', 'x')} THEN 'older_than_history'
      WHEN a.id IS NOT NULL AND ${isNewer('x', 'a')} IS NOT TRUE THEN 'older'
      ELSE 'newer' END)
    ORDER BY x.rank DESC NULLS LAST, x.id COLLATE "C" DESC), '[]'::jsonb)
    FROM (${source}) x
    LEFT JOIN (SELECT l.applied_order_id AS id, l.applied_rank::${layout.rankType} AS rank FROM ${ledger} l) a ON true
    LEFT JOIN (SELECT h.order_id AS id, h.rank FROM ${layout.history} h WHERE h.phone_key = ${phoneKey}) h ON true)`;
}
