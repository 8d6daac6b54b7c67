import { checkOptions, optional, wholeNumber } from '@visanet/cbb-sync';
import * as z from 'zod';
import type { Layout } from '../layout/layout.ts';
import { inMs, startsAnew } from '../store/fragments.ts';
import type { StoreParts } from '../store/store-parts.ts';
import { type OrderIdBatches, readPages } from './pages.ts';

export interface FailedOrders {
  /** Only orders whose last attempt began at least so long ago, in milliseconds. @default 0 */
  readonly olderThanMs?: number;
  /** Order ids per batch. @default 500 */
  readonly batch?: number;
}

const pageAnswer = z.object({ ids: z.array(z.string()), last: z.string().nullable() });

const failedRules = { olderThanMs: optional(wholeNumber(0)), batch: optional(wholeNumber(1, 10_000)) };

export function failedPage({ columns: c, orders }: Layout): string {
  return `SELECT o.${c.orderId}::text AS id FROM ${orders} o
    WHERE o.${c.status} = 'failed' AND o.${c.orderId} COLLATE "C" > $1::text COLLATE "C"
      AND COALESCE(o.${c.attemptedAt}, '-infinity') <= now() - ${inMs('$2')}
    ORDER BY o.${c.orderId} COLLATE "C" LIMIT $3::int`;
}

function failedPages({ database }: StoreParts<unknown>, name: string, sql: string) {
  return (options: FailedOrders = {}): OrderIdBatches => {
    checkOptions(name, options, failedRules);
    const batch = options.batch ?? 500;
    return readPages('', (cursor) =>
      database
        .ask(sql, [cursor, options.olderThanMs ?? 0, batch], pageAnswer)
        .map(({ ids, last }) => ({ ids, next: last })),
    );
  };
}

const page = (ids: string) => `jsonb_build_object(
  'ids', (SELECT COALESCE(jsonb_agg(id ORDER BY id COLLATE "C"), '[]'::jsonb) FROM ${ids}),
  'last', (SELECT CASE WHEN count(*) = $3::int THEN max(id COLLATE "C") END FROM failed))`;

/** Ids of failed orders, bytewise. */
export function createFailedOrderIds(parts: StoreParts<unknown>) {
  const sql = `WITH failed AS MATERIALIZED (${failedPage(parts.layout)}) SELECT (${page('failed')})::text AS answer`;
  return failedPages(parts, 'failedOrderIds', sql);
}

/** Makes failed orders pending, due now, with all attempts before them; gives the ids batch by batch, as it writes. */
export function createRetryFailed(parts: StoreParts<unknown>) {
  const { columns: c, orders } = parts.layout;
  const sql = `WITH failed AS MATERIALIZED (${failedPage(parts.layout)} FOR NO KEY UPDATE SKIP LOCKED),
    armed AS (
      UPDATE ${orders} o SET ${startsAnew(parts.layout)} FROM failed
      WHERE o.${c.orderId} = failed.id RETURNING failed.id)
    SELECT (${page('armed')})::text AS answer`;
  return failedPages(parts, 'retryFailed', sql);
}
