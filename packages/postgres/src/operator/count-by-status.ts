import { type OrderStatus, optional, type StoreError, wholeNumber } from '@visanet/cbb-sync';
import type { ResultAsync } from 'neverthrow';
import * as z from 'zod';
import type { Layout } from '../layout/layout.ts';
import type { StoreParts } from '../store/store-parts.ts';

export interface CountOptions {
  /** Leaves out orders with a canary bucket at or above. @default 100 */
  readonly rolloutPercent?: number;
}

export type StatusCounts = Readonly<Record<OrderStatus, number>>;

const count = z.number().default(0);
const counts = z.object({
  history: count,
  pending: count,
  syncing: count,
  synced: count,
  no_whatsapp: count,
  failed: count,
  skipped: count,
});

export const countRules = { rolloutPercent: optional(wholeNumber(0, 100)) };

/** `$1` rollout percent. Beside, history is what has no row. */
function countSql({ columns: c, state, beside, orders }: Layout): string {
  const history = `SELECT 'history', (SELECT count(*) FROM ${orders}) - (SELECT count(*) FROM ${state})`;
  return `SELECT COALESCE(jsonb_object_agg(n.status, n.orders), '{}'::jsonb)::text AS answer FROM (
    SELECT COALESCE(s.${c.status}, 'history') AS status, count(*) AS orders FROM ${state} s
    WHERE COALESCE(s.${c.bucket}, -1) < $1::int GROUP BY 1 ${beside ? `UNION ALL ${history}` : ''}) n`;
}

export function createCountByStatus({ database, layout }: StoreParts<unknown>) {
  const sql = countSql(layout);
  return (options: CountOptions = {}): ResultAsync<StatusCounts, StoreError> =>
    database.ask(sql, [options.rolloutPercent ?? 100], counts);
}
