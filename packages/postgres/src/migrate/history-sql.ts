import type { Layout } from '../layout/layout.ts';

/** An order that the sync itself works on has a phone key or a due time. */
const untouched = (c: Layout['columns']) =>
  `o.${c.dueAt} IS NULL AND o.${c.phoneKey} IS NULL AND (o.${c.status} IS NULL OR o.${c.status} IN ('pending', 'syncing'))`;

/** One batch of rows that existed before the sync, by key: `$1` the last id of the batch before, `$2` its size. */
export function historyBatchSql({ orders, columns: c }: Layout): string {
  return `WITH batch AS MATERIALIZED (
  SELECT o.${c.orderId} AS id FROM ${orders} o WHERE o.${c.orderId} > $1::text ORDER BY o.${c.orderId} LIMIT $2::int),
skipped AS (
  UPDATE ${orders} o SET ${c.status} = 'skipped', ${c.error} = 'before_start' FROM batch
  WHERE o.${c.orderId} = batch.id AND ${untouched(c)} RETURNING 1)
SELECT jsonb_build_object('skipped', (SELECT count(*) FROM skipped),
  'next', (SELECT CASE WHEN count(*) = $2::int THEN max(id) END FROM batch))::text AS answer`;
}

/** The same as one script for a host's own tool; commits after each batch, so it must not run in a transaction. */
export function historyScript({ orders, columns: c }: Layout, batch: number): string {
  return `DO $cbb$
DECLARE
  after text := '';
  last text;
BEGIN
  LOOP
    SELECT max(b.id) INTO last FROM (
      SELECT o.${c.orderId} AS id FROM ${orders} o WHERE o.${c.orderId} > after ORDER BY o.${c.orderId} LIMIT ${batch}) b;
    EXIT WHEN last IS NULL;
    UPDATE ${orders} o SET ${c.status} = 'skipped', ${c.error} = 'before_start'
      WHERE o.${c.orderId} > after AND o.${c.orderId} <= last AND ${untouched(c)};
    COMMIT;
    after := last;
  END LOOP;
END
$cbb$`;
}
