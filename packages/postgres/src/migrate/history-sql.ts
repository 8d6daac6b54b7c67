import type { Layout } from '../layout/layout.ts';
import { asKey, rankOf } from '../store/fragments.ts';

/** Rows that the plan's own SQL made pending before there were due times. */
const untouched = ({ columns: c }: Layout) =>
  `s.${c.status} IN ('pending', 'syncing') AND s.${c.dueAt} IS NULL AND s.${c.phoneKey} IS NULL`;

/** One batch of them, by key: `$1` the last id of the batch before, `$2` its size, `$3` whether they are due. */
export function pendingBatchSql(layout: Layout): string {
  const { state, key, columns: c } = layout;
  return `WITH batch AS MATERIALIZED (
  SELECT s.${key} AS id FROM ${state} s WHERE $1::text IS NULL OR s.${key} > ${asKey(layout, '$1')}
  ORDER BY s.${key} LIMIT $2::int),
written AS (
  UPDATE ${state} s SET ${c.status} = CASE WHEN $3::boolean THEN 'pending' END,
    ${c.dueAt} = CASE WHEN $3::boolean THEN now() END
  FROM batch WHERE s.${key} = batch.id AND ${untouched(layout)} RETURNING 1)
SELECT jsonb_build_object('next', (SELECT CASE WHEN count(*) = $2::int THEN (array_agg(id ORDER BY id DESC))[1]::text END
  FROM batch), 'written', (SELECT count(*) FROM written))::text AS answer`;
}

/** Whether the host's table has such rows; before the columns are there, all that wait are. */
export function untouchedSql(layout: Layout, hasDueTimes: boolean): string {
  const { state, columns: c } = layout;
  const rows = hasDueTimes ? untouched(layout) : `s.${c.status} IN ('pending', 'syncing')`;
  return `SELECT jsonb_build_object('found', EXISTS (SELECT 1 FROM ${state} s WHERE ${rows}))::text AS answer`;
}

/** One page of history, by key: `$1` the last id of the page before, `$2` its size. */
export function historyPageSql(layout: Layout): string {
  const { orders, state, key, beside, columns: c, read } = layout;
  const before = beside
    ? `NOT EXISTS (SELECT 1 FROM ${state} s WHERE s.${key} = o.${c.orderId})`
    : `o.${c.status} IS NULL`;
  const row = `(SELECT to_jsonb(r) FROM (SELECT ${read.map((column) => `p.${column}`).join(', ')}) r)`;
  return `WITH page AS MATERIALIZED (
    SELECT o.*, ${before} AS is_history FROM ${orders} o WHERE $1::text IS NULL OR o.${c.orderId} > ${asKey(layout, '$1')}
    ORDER BY o.${c.orderId} LIMIT $2::int)
  SELECT jsonb_build_object(
    'rows', (SELECT COALESCE(jsonb_agg(jsonb_build_object('orderId', p.${c.orderId}::text, 'row', ${row})), '[]'::jsonb)
      FROM page p WHERE p.is_history),
    'next', (SELECT CASE WHEN count(*) = $2::int THEN (array_agg(${c.orderId} ORDER BY ${c.orderId} DESC))[1]::text END
      FROM page))::text AS answer`;
}

/** Keeps the newest rank of each phone. `$1` phones by order. */
export function keepHistorySql(layout: Layout): string {
  const { orders, history, beside, columns: c, keyType } = layout;
  const rank = beside ? `o.${c.rank}` : rankOf(layout, 'o');
  return `INSERT INTO ${history} AS h (phone_key, rank, order_id)
    SELECT DISTINCT ON (k.phone) k.phone, ${rank}, o.${c.orderId}::text
    FROM jsonb_to_recordset($1::jsonb) AS k("orderId" ${keyType}, phone text)
    JOIN ${orders} o ON o.${c.orderId} = k."orderId"
    ORDER BY k.phone, ${rank} DESC NULLS LAST, o.${c.orderId}::text COLLATE "C" DESC
    ON CONFLICT (phone_key) DO UPDATE SET rank = EXCLUDED.rank, order_id = EXCLUDED.order_id
    WHERE h.rank IS NULL OR EXCLUDED.rank > h.rank
      OR (EXCLUDED.rank = h.rank AND EXCLUDED.order_id COLLATE "C" > h.order_id COLLATE "C")`;
}
