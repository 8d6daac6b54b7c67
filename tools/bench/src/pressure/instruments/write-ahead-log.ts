import * as z from 'zod';
import type { SqlClient } from '../../host/orders-table.ts';

const position = z.tuple([z.object({ bytes: z.coerce.number() })]);

/** Bytes that the server wrote ahead since it was made; full pages are switched off. */
export async function walBytes(client: SqlClient): Promise<number> {
  const { rows } = await client.query("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') AS bytes");
  return position.parse(rows)[0].bytes;
}
