import type { Layout } from '../layout/layout.ts';
import { dueNow, newestFirst } from './fragments.ts';

/**
 * What becomes of the phone that an order leaves. Needs the parts `leaving (key)`, of one row or none, which has been
 * read from ledgers that are locked, and `own (id)`; gives `heir`, the newest of its orders that counts and that nobody
 * holds.
 */
export function findHeir(layout: Layout): string {
  const { columns: c, state, key } = layout;
  return `heir AS MATERIALIZED (
    SELECT h.id FROM leaving v CROSS JOIN own CROSS JOIN LATERAL (
      SELECT s.${key} AS id FROM ${state} s
      WHERE s.${c.phoneKey} = v.key AND s.${key} <> own.id AND s.${c.status} <> 'skipped'
      ORDER BY ${newestFirst(layout)} LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED) h)`;
}

/** Whether the phone has orders that count, but all of them are held by others. */
export function heirsLocked({ columns: c, state, key }: Layout): string {
  return `(NOT EXISTS (SELECT 1 FROM heir) AND EXISTS (SELECT 1 FROM leaving v CROSS JOIN own JOIN ${state} s
    ON s.${c.phoneKey} = v.key AND s.${key} <> own.id AND s.${c.status} <> 'skipped'))`;
}

/**
 * Marks the ledger of the phone that was left for repair and hands the repair to the heir; without one, a person must
 * decide. `from` is a part that has a row where the order does leave.
 */
export function passRepair(layout: Layout, scope: string, from: string): string {
  const { state, ledger, key } = layout;
  return `repaired AS (
    UPDATE ${ledger} l SET repair = true, dirty = true, orphaned = NOT EXISTS (SELECT 1 FROM heir), written_at = now()
    FROM leaving v CROSS JOIN ${from} moved WHERE l.scope = ${scope} AND l.phone_key = v.key RETURNING 1),
  armed AS (
    UPDATE ${state} s SET ${dueNow(layout)} FROM heir CROSS JOIN repaired WHERE s.${key} = heir.id RETURNING 1)`;
}

export const leftPhone = `CASE WHEN NOT EXISTS (SELECT 1 FROM repaired) THEN 'none'
  WHEN EXISTS (SELECT 1 FROM armed) THEN 'repair_armed' ELSE 'orphaned' END`;
