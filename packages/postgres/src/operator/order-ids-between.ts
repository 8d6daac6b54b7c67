import { optional, wholeNumber } from '@visanet/cbb-sync';
import * as z from 'zod';
import type { Layout } from '../layout/layout.ts';
import { rankOf } from '../store/fragments.ts';
import type { StoreParts } from '../store/store-parts.ts';
import { type OrderIdBatches, readPages } from './pages.ts';

export interface OrderRange {
  /** First rank of the range, e.g. the time at which orders were received. */
  readonly from: Date | string;
  /** First rank after the range. */
  readonly to: Date | string;
  /** Order ids per batch. @default 500 */
  readonly batch?: number;
}

const pageAnswer = z.object({ ids: z.array(z.string()), rank: z.string().nullable() });

function rankProblem(value: unknown): string | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'must be a valid date' : undefined;
  return typeof value === 'string' && value !== ''
    ? undefined
    : 'must be a date or a text of the rank column';
}

export const rangeRules = { from: rankProblem, to: rankProblem, batch: optional(wholeNumber(1, 10_000)) };

/** `$1` and `$3` after which rank and id, `$2` before which rank, `$4` limit. Beside, it reads the host's rank. */
export function rangePage(layout: Layout): string {
  const { columns: c, orders, rankType, beside, keyType } = layout;
  const id = keyType === 'text' ? `o.${c.orderId}` : `o.${c.orderId}::text`;
  const rank = beside ? `o.${c.rank}` : rankOf(layout, 'o');
  return `SELECT ${id} AS id, ${rank} AS rank FROM ${orders} o
    WHERE ${rank} < $2::${rankType} AND (${rank}, ${id} COLLATE "C") > ($1::${rankType}, $3::text)
    ORDER BY ${rank}, ${id} COLLATE "C" LIMIT $4::int`;
}

/** Order ids by rank, oldest first. Orders that come with a later rank while it reads are read too. */
export function createOrderIdsBetween({ database, layout }: StoreParts<unknown>) {
  const sql = `SELECT jsonb_build_object(
    'ids', COALESCE(jsonb_agg(p.id ORDER BY p.rank, p.id COLLATE "C"), '[]'::jsonb),
    'rank', to_jsonb(max(p.rank)) #>> '{}')::text AS answer FROM (${rangePage(layout)}) p`;
  return (range: OrderRange): OrderIdBatches => {
    const batch = range.batch ?? 500;
    const [from, to] = [range.from, range.to].map((end) => (end instanceof Date ? end.toISOString() : end));
    return readPages({ rank: from, orderId: '' }, (cursor) =>
      database.ask(sql, [cursor.rank, to, cursor.orderId, batch], pageAnswer).map(({ ids, rank }) => {
        const last = ids.at(-1);
        const more = ids.length === batch && rank !== null && last !== undefined;
        return { ids, next: more ? { rank, orderId: last } : null };
      }),
    );
  };
}
