import { checkOptions, type OrderStatus, optional, type StoreError, wholeNumber } from '@visanet/cbb-sync';
import type { ResultAsync } from 'neverthrow';
import * as z from 'zod';
import type { StoreParts } from '../store/store-parts.ts';

export interface CountOptions {
  /** Leaves out orders with a canary bucket at or above. @default 100 */
  readonly rolloutPercent?: number;
}

export type StatusCounts = Readonly<Record<OrderStatus, number>>;

const count = z.number().default(0);
const counts = z.object({
  pending: count,
  syncing: count,
  synced: count,
  no_whatsapp: count,
  failed: count,
  skipped: count,
});

export function createCountByStatus({ database, layout }: StoreParts<unknown>) {
  const { columns: c, orders } = layout;
  const sql = `SELECT COALESCE(jsonb_object_agg(s.status, s.orders), '{}'::jsonb)::text AS answer FROM (
    SELECT o.${c.status} AS status, count(*) AS orders FROM ${orders} o
    WHERE o.${c.status} IS NOT NULL AND COALESCE(o.${c.bucket}, -1) < $1::int GROUP BY 1) s`;
  return (options: CountOptions = {}): ResultAsync<StatusCounts, StoreError> => {
    checkOptions('countByStatus', options, { rolloutPercent: optional(wholeNumber(0, 100)) });
    return database.ask(sql, [options.rolloutPercent ?? 100], counts);
  };
}
