import { setTimeout as delay } from 'node:timers/promises';
import type { SqlClient } from './orders-table.ts';

export type Rest = { readonly kind: 'rest' } | { readonly kind: 'too_late'; readonly unfinished: number };

const pollMs = 250;
/** A job that was enqueued for a finished order may still be on its way. */
const quietPolls = 4;

const unfinishedSql =
  "SELECT count(*)::int AS unfinished FROM orders WHERE cbb_sync_status IN ('pending', 'syncing')";

/** Waits until no order is due, now or later. */
export async function waitUntilRest(client: SqlClient, timeoutMs: number): Promise<Rest> {
  const deadline = Date.now() + timeoutMs;
  for (let quiet = 0; ; ) {
    const { rows } = await client.query(unfinishedSql);
    const unfinished = Number(rows[0]?.unfinished);
    quiet = unfinished === 0 ? quiet + 1 : 0;
    if (quiet >= quietPolls) return { kind: 'rest' };
    if (Date.now() > deadline) return { kind: 'too_late', unfinished };
    await delay(pollMs);
  }
}
