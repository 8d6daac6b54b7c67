import type { Layout } from '../layout/layout.ts';

/** Pieces of SQL that several statements share. `o` is the orders table, `l` the ledger. */

export const inMs = (parameter: string) => `(${parameter}::float8 * interval '1 millisecond')`;

/** The sync's view of an order row. */
export function storedOrder({ columns: c }: Layout): string {
  return `jsonb_build_object('orderId', o.${c.orderId}, 'row', to_jsonb(o), 'version', o.${c.version},
    'status', COALESCE(o.${c.status}, 'pending'), 'attempts', o.${c.attempts},
    'phoneKey', o.${c.phoneKey}, 'reason', o.${c.error})`;
}

/** Rank as text that keeps every digit whatever the session's date style. */
export function rankText(layout: Layout, alias = 'o'): string {
  return `(to_jsonb(${alias}.${layout.columns.rank}) #>> '{}')`;
}

export function newestFirst(layout: Layout, alias = 'o'): string {
  const { rank, orderId } = layout.columns;
  return `${alias}.${rank} DESC NULLS LAST, ${alias}.${orderId} COLLATE "C" DESC`;
}

/** What a list of candidates is built from: rank, id and the order as JSON. */
export function candidateRow(layout: Layout): string {
  const { rank, orderId } = layout.columns;
  return `o.${rank} AS rank, o.${orderId}::text AS id, ${storedOrder(layout)} AS stored`;
}

/** All candidates as one JSON list; `source` has rows of `candidateRow`, `ledger` is a ledger row or none. */
export function candidateList(layout: Layout, source: string, ledger: string): string {
  const applied = `(l.applied_rank)::${layout.rankType}`;
  return `(SELECT COALESCE(jsonb_agg(x.stored || jsonb_build_object('position', CASE
      WHEN l.applied_order_id IS NULL THEN 'newer'
      WHEN x.id = l.applied_order_id THEN 'applied'
      WHEN x.rank > ${applied} OR (x.rank IS NOT NULL AND l.applied_rank IS NULL)
        OR (x.rank IS NOT DISTINCT FROM ${applied} AND x.id COLLATE "C" > l.applied_order_id COLLATE "C")
        THEN 'newer'
      ELSE 'older' END)
    ORDER BY x.rank DESC NULLS LAST, x.id COLLATE "C" DESC), '[]'::jsonb)
    FROM (${source}) x LEFT JOIN ${ledger} l ON true)`;
}

/** The ledger as the engine reads it. */
export function ledgerView(unclean: string): string {
  const age = (column: string) => `EXTRACT(EPOCH FROM clock_timestamp() - ${column}) * 1000`;
  return `jsonb_build_object('contact', COALESCE(l.contact, 'unknown'),
    'hashes', COALESCE(l.hashes, '{}'::jsonb), 'identity', COALESCE(l.identity, '{}'::jsonb),
    'whatsApp', jsonb_build_object('answer', COALESCE(l.whatsapp, 'unknown'), 'ageMs', ${age('l.whatsapp_at')}),
    'verifiedAgeMs', ${age('l.verified_at')},
    'unclean', COALESCE(${unclean}, false), 'repair', COALESCE(l.repair, false))`;
}

/** The token holds the lease now. */
export function held(at: { scope: string; key: string; token: string }): string {
  return `l.scope = ${at.scope} AND l.phone_key = ${at.key} AND l.lease_token::text = ${at.token}
    AND l.lease_expires_at > clock_timestamp()`;
}

/** A sync whose begin did not see an erasure that came at the same time must not finish as if there were none. */
export function noGrave(layout: Layout, tombstone: string): string {
  return `NOT EXISTS (SELECT 1 FROM ${layout.tombstones} t WHERE t.tombstone = ${tombstone})`;
}

/** Locks the job's own order first: every statement takes orders before ledgers, so that they do not deadlock. */
export function ownOrder(layout: Layout, orderId: string): string {
  const { columns: c, orders } = layout;
  return `own AS MATERIALIZED (
    SELECT o.${c.orderId} AS id, o.${c.version} AS version, o.${c.phoneKey} AS phone_key, o.${c.status} AS status
    FROM ${orders} o WHERE o.${c.orderId} = ${orderId} FOR NO KEY UPDATE)`;
}

export function dueNow({ columns: c }: Layout): string {
  return `${c.status} = 'pending', ${c.dueAt} = now()`;
}

/** Columns of an order whose work starts anew, due now. */
export function startsAnew(layout: Layout): string {
  const { columns: c } = layout;
  return `${dueNow(layout)}, ${c.attempts} = 0, ${c.crashes} = 0, ${c.error} = NULL`;
}
