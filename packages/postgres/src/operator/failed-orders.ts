import { optional, wholeNumber } from '@visanet/cbb-sync';
import * as z from 'zod';
import type { Layout } from '../layout/layout.ts';
import { asKey, idText, startsAnew } from '../store/fragments.ts';
import type { StoreParts } from '../store/store-parts.ts';
import { type FailureFilter, failureFilter, failureFilterRules, isMeant } from './failure-filter.ts';
import { type OrderIdBatches, readPages } from './pages.ts';

export interface FailedOrders extends FailureFilter {
  /** Order ids per batch. @default 500 */
  readonly batch?: number;
}

const pageAnswer = z.object({ ids: z.array(z.string()), last: z.string().nullable() });

export const failedRules = { ...failureFilterRules, batch: optional(wholeNumber(1, 10_000)) };

/** `$1` after which id, `$2` filter, `$3` limit. */
export function failedPage(layout: Layout): string {
  const { state } = layout;
  const id = `${idText(layout)} COLLATE "C"`;
  return `SELECT ${idText(layout)}::text AS id FROM ${state} s
    WHERE ${id} > $1::text AND ${isMeant(layout, '$2')}
    ORDER BY ${id} LIMIT $3::int`;
}

function failedPages({ database }: StoreParts<unknown>, sql: string) {
  return (options: FailedOrders = {}): OrderIdBatches => {
    const batch = options.batch ?? 500;
    return readPages('', (cursor) =>
      database
        .ask(sql, [cursor, failureFilter(options), batch], pageAnswer)
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
  return failedPages(parts, sql);
}

/** Makes failed orders pending, due now, with all attempts before them; gives the ids batch by batch, as it writes. */
export function createRetryFailed(parts: StoreParts<unknown>) {
  const { layout } = parts;
  const sql = `WITH failed AS MATERIALIZED (${failedPage(layout)} FOR NO KEY UPDATE SKIP LOCKED),
    armed AS (
      UPDATE ${layout.state} s SET ${startsAnew(layout)} FROM failed
      WHERE s.${layout.key} = ${asKey(layout, 'failed.id')} RETURNING failed.id)
    SELECT (${page('armed')})::text AS answer`;
  return failedPages(parts, sql);
}
