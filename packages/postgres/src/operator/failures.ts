import type { StoreError } from '@visanet/cbb-sync';
import type { ResultAsync } from 'neverthrow';
import * as z from 'zod';
import { idText } from '../store/fragments.ts';
import type { StoreParts } from '../store/store-parts.ts';
import { type FailureFilter, failureFilter, failureKind, isMeant } from './failure-filter.ts';

/** Failed orders that failed for the same reason. */
export interface FailureGroup {
  readonly kind: string;
  /** As it stands with the orders; begins with the kind. */
  readonly reason: string;
  readonly orders: number;
  /** Time since the last attempt of the one that failed first and of the one that failed last; null: not known. */
  readonly oldestMs: number | null;
  readonly newestMs: number | null;
  /** Up to five of the orders, bytewise. */
  readonly examples: readonly string[];
}

const group = z.object({
  kind: z.string(),
  reason: z.string(),
  orders: z.number(),
  oldestMs: z.number().nullable(),
  newestMs: z.number().nullable(),
  examples: z.array(z.string()),
});

const mostGroups = 500;

/** Failed orders by reason, most orders first. */
export function createFailures({ database, layout }: StoreParts<unknown>) {
  const { columns: c, state } = layout;
  const age = (time: string) => `floor(EXTRACT(EPOCH FROM now() - ${time}) * 1000)`;
  const id = `${idText(layout)}::text`;
  const sql = `SELECT COALESCE(jsonb_agg(to_jsonb(g) ORDER BY g.orders DESC, g.reason), '[]'::jsonb)::text AS answer FROM (
    SELECT ${failureKind(layout)} AS kind, COALESCE(s.${c.error}, '') AS reason, count(*) AS orders,
      ${age(`min(s.${c.attemptedAt})`)} AS "oldestMs", ${age(`max(s.${c.attemptedAt})`)} AS "newestMs",
      (array_agg(${id} ORDER BY ${id} COLLATE "C"))[1:5] AS examples
    FROM ${state} s WHERE ${isMeant(layout, '$1')}
    GROUP BY 1, 2 ORDER BY count(*) DESC, 2 LIMIT ${mostGroups}) g`;
  return (filter: FailureFilter = {}): ResultAsync<readonly FailureGroup[], StoreError> =>
    database.ask(sql, [failureFilter(filter)], z.array(group));
}
