import * as z from 'zod';
import type { SqlClient } from '../host/orders-table.ts';

const rowSchema = z.object({ status: z.string(), seconds: z.number().nullable() });

export interface FinishedOrder {
  readonly status: string;
  /** From the moment the order was due, which is its insert; null where it was not synced. */
  readonly seconds: number | null;
}

const sql = `SELECT cbb_sync_status AS status,
    EXTRACT(EPOCH FROM (cbb_sync_completed_at - created_at))::float8 AS seconds
  FROM orders`;

export async function readLatencies(client: SqlClient): Promise<FinishedOrder[]> {
  return z.array(rowSchema).parse((await client.query(sql)).rows);
}
