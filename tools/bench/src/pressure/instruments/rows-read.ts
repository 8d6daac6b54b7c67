import * as z from 'zod';
import type { SqlClient } from '../../host/orders-table.ts';

const sum = z.tuple([z.object({ read: z.coerce.number() })]);

/** Rows of tables and entries of indexes that were read; `worker` is the one connection that read them. */
export async function rowsRead(worker: SqlClient, observer: SqlClient): Promise<number> {
  await worker.query('SELECT pg_stat_force_next_flush()');
  await observer.query('SELECT pg_stat_clear_snapshot()');
  const { rows } = await observer.query(`SELECT
    (SELECT COALESCE(sum(seq_tup_read), 0) FROM pg_stat_user_tables) +
    (SELECT COALESCE(sum(idx_tup_read), 0) FROM pg_stat_user_indexes) AS read`);
  return sum.parse(rows)[0].read;
}
