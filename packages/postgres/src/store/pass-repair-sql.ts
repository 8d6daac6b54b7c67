import type { Layout } from '../layout/layout.ts';
import { dueNow, newestFirst } from './fragments.ts';

/**
 * Marks the ledger of a phone for repair and hands the repair to the newest of its orders that counts; without one, a
 * person must decide. Needs the parts `own` and `repairable (key)`, of one row or none; gives `heir`, `repaired`, `armed`.
 */
export function passRepair(layout: Layout, scope: string): string {
  const { columns: c, orders, ledger } = layout;
  return `heir AS MATERIALIZED (
    SELECT h.id FROM repairable r CROSS JOIN own CROSS JOIN LATERAL (
      SELECT o.${c.orderId} AS id FROM ${orders} o
      WHERE o.${c.phoneKey} = r.key AND o.${c.orderId} <> own.id AND o.${c.status} <> 'skipped'
      ORDER BY ${newestFirst(layout)} LIMIT 1 FOR NO KEY UPDATE) h),
  repaired AS (
    UPDATE ${ledger} l SET repair = true, dirty = true, orphaned = NOT EXISTS (SELECT 1 FROM heir)
    FROM repairable r WHERE l.scope = ${scope} AND l.phone_key = r.key RETURNING 1),
  armed AS (
    UPDATE ${orders} o SET ${dueNow(layout)} FROM heir CROSS JOIN repaired WHERE o.${c.orderId} = heir.id RETURNING 1)`;
}

export const leftPhone = `CASE WHEN NOT EXISTS (SELECT 1 FROM repaired) THEN 'none'
  WHEN EXISTS (SELECT 1 FROM armed) THEN 'repair_armed' ELSE 'orphaned' END`;
