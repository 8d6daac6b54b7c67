import * as z from 'zod';
import type { SqlClient } from '../host/orders-table.ts';

const rowSchema = z.object({ status: z.string(), seconds: z.number().nullable() });

export interface FinishedOrder {
  readonly status: string;
  /** From the moment the order was due, which is its insert, to its first success; null where it had none. */
  readonly seconds: number | null;
}

/** The column of the sync holds the last success; a job that finds nothing to do moves it. */
const noteFirstSuccess = `
  CREATE TABLE first_success (order_id varchar(50) PRIMARY KEY, at timestamptz NOT NULL);
  CREATE FUNCTION note_first_success() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO first_success VALUES (NEW.order_id, clock_timestamp()) ON CONFLICT DO NOTHING;
    RETURN NULL;
  END $$;
  CREATE TRIGGER note_first_success AFTER UPDATE ON orders FOR EACH ROW
  WHEN (NEW.cbb_sync_status IN ('synced', 'no_whatsapp')) EXECUTE FUNCTION note_first_success()`;

const latencies = `SELECT cbb_sync_status AS status, EXTRACT(EPOCH FROM (at - created_at))::float8 AS seconds
  FROM orders LEFT JOIN first_success USING (order_id)`;

export async function watchFirstSuccess(client: SqlClient): Promise<void> {
  await client.query(noteFirstSuccess);
}

export async function readLatencies(client: SqlClient): Promise<FinishedOrder[]> {
  return z.array(rowSchema).parse((await client.query(latencies)).rows);
}
