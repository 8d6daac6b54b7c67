import type { Layout } from '../layout/layout.ts';

/** Pieces of SQL that several statements share. `s` is the table with the sync's columns, `l` the ledger. */

export const inMs = (parameter: string) => `(${parameter}::float8 * interval '1 millisecond')`;

/**
 * First part of each statement that locks: none of ours waits longer than a second, for whatever. Other parts read it
 * before they lock.
 */
export const patience = `patience AS MATERIALIZED (SELECT set_config('lock_timeout', '1000ms', true))`;

/** An order id that comes as a text parameter. */
export const asKey = ({ keyType }: Layout, parameter: string) => `${parameter}::${keyType}`;

/** An order id as text; without a cast where it is one, so that indexes fit. */
export function idText({ key, keyType }: Layout, alias = 's'): string {
  return keyType === 'text' ? `${alias}.${key}` : `${alias}.${key}::text`;
}

/** What "newest" means: the rank that an order had first. */
export function rankOf({ beside, columns: c }: Layout, alias = 's'): string {
  return beside ? `${alias}.${c.firstRank}` : `COALESCE(${alias}.${c.firstRank}, ${alias}.${c.rank})`;
}

/** A rank as text that keeps every digit whatever the session's date style. */
export const rankText = (rank: string) => `(to_jsonb(${rank}) #>> '{}')`;

export function newestFirst(layout: Layout, alias = 's'): string {
  return `${rankOf(layout, alias)} DESC NULLS LAST, ${idText(layout, alias)} COLLATE "C" DESC`;
}

export const unfinished = ({ columns: c }: Layout) => `s.${c.status} IN ('pending', 'syncing', 'failed')`;

/** What the mapping reads of the host's row, and no more of it. */
function rowOf({ beside, orders, key, columns: c, read }: Layout): string {
  if (beside) {
    const columns = read.map((column) => `o.${column}`).join(', ');
    return `(SELECT to_jsonb(r) FROM (SELECT ${columns} FROM ${orders} o WHERE o.${c.orderId} = s.${key}) r)`;
  }
  return `(SELECT to_jsonb(r) FROM (SELECT ${read.map((column) => `s.${column}`).join(', ')}) r)`;
}

const msSince = (time: string) => `EXTRACT(EPOCH FROM clock_timestamp() - ${time}) * 1000`;

/** The sync's view of an order. */
export function storedOrder(layout: Layout): string {
  const { columns: c } = layout;
  return `jsonb_build_object('orderId', ${idText(layout)}, 'row', ${rowOf(layout)}, 'version', s.${c.version},
    'status', COALESCE(s.${c.status}, 'history'), 'attempts', s.${c.attempts},
    'phoneKey', s.${c.phoneKey}, 'reason', s.${c.error},
    'dueInMs', CASE WHEN s.${c.status} = 'pending' THEN EXTRACT(EPOCH FROM s.${c.dueAt} - clock_timestamp()) * 1000 END,
    'failingForMs', ${msSince(`s.${c.failingSince}`)})`;
}

/** What a list of candidates is built from: rank, id and the order as JSON. */
export function candidateRow(layout: Layout): string {
  return `${rankOf(layout)} AS rank, ${idText(layout)}::text AS id, ${storedOrder(layout)} AS stored`;
}

/** The ledger as the engine reads it. */
export function ledgerView(unclean: string): string {
  return `jsonb_build_object('contact', COALESCE(l.contact, 'unknown'),
    'hashes', COALESCE(l.hashes, '{}'::jsonb), 'appliedHashes', l.applied_hashes,
    'identity', COALESCE(l.identity, '{}'::jsonb),
    'whatsApp', jsonb_build_object('answer', COALESCE(l.whatsapp, 'unknown'), 'ageMs', ${msSince('l.whatsapp_at')}),
    'verifiedAgeMs', ${msSince('l.verified_at')},
    'unclean', COALESCE(${unclean}, false), 'repair', COALESCE(l.repair, false))`;
}

/** Where a statement finds the lease: its parameters. */
export interface LeaseParameters {
  readonly scope: string;
  readonly key: string;
  readonly token: string;
  readonly tombstone: string;
}

/**
 * The ledger row, locked, where the token holds its lease now. A sync whose begin did not see an erasure that came at
 * the same time must not finish as if there were none.
 */
export function heldLedger({ ledger, tombstones }: Layout, at: LeaseParameters): string {
  return `held AS MATERIALIZED (
    SELECT l.* FROM ${ledger} l CROSS JOIN patience
    WHERE ${isHeld(at)} AND NOT EXISTS (SELECT 1 FROM ${tombstones} t WHERE t.tombstone = ${at.tombstone})
    FOR UPDATE OF l)`;
}

export function isHeld(at: Omit<LeaseParameters, 'tombstone'>): string {
  return `l.scope = ${at.scope} AND l.phone_key = ${at.key} AND l.lease_token::text = ${at.token}
    AND l.lease_expires_at > clock_timestamp()`;
}

export function dueNow({ columns: c }: Layout): string {
  return dueAt(c, 'now()');
}

export function dueAt(c: Layout['columns'], time: string): string {
  return `${c.status} = 'pending', ${c.dueAt} = ${time}, ${c.claimedUntil} = NULL`;
}

/** Columns of an order whose work starts anew, due now. */
export function startsAnew(layout: Layout): string {
  const { columns: c } = layout;
  return `${dueNow(layout)}, ${c.attempts} = 0, ${c.crashes} = 0, ${c.failingSince} = NULL, ${c.error} = NULL`;
}
