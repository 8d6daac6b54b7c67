import type { PgBossSync } from '@visanet/cbb-pg-boss';
import { parseViziWebhook, storableViziOrder } from '@visanet/cbb-sync';
import type { Pool } from 'pg';
import { inTransaction } from './in-transaction.ts';
import { keepDelivery } from './keep-delivery.ts';
import { saveOrder } from './save-order.ts';

export type Receipt =
  | { readonly kind: 'stored'; readonly orderId: string }
  /** The problems name fields, never values. */
  | { readonly kind: 'refused'; readonly problems: readonly string[] };

/** The delivery is on disk, and an order of it with its job, when this resolves; it rejects if they may not be. */
export async function receiveOrder(pool: Pool, sync: PgBossSync, body: string): Promise<Receipt> {
  const receivedAt = new Date().toISOString();
  const read = parseViziWebhook(payloadOf(body), receivedAt).map(storableViziOrder);
  if (read.isErr()) {
    const { problems } = read.error;
    await keepDelivery(pool, { receivedAt, body, orderId: null, problem: problems.join('; ') });
    return { kind: 'refused', problems };
  }

  const order = read.value;
  const orderId = order.order_id;
  // On its own, so that it outlives an order that the table refuses.
  await keepDelivery(pool, { receivedAt, body, orderId, problem: null });
  await inTransaction(pool, async (transaction) => {
    await saveOrder(transaction, order);
    const enqueued = await sync.enqueue(orderId, {
      db: { executeSql: (text, values) => transaction.query(text, values) },
    });
    if (enqueued.isErr()) throw new Error(enqueued.error.message);
  });
  return { kind: 'stored', orderId };
}

/** Undefined where the body is not JSON, which is then refused as any other payload that is no object. */
function payloadOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
