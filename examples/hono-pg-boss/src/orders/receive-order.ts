import type { ThrowingCbbSync } from '@visanet/cbb-host';
import { parseViziWebhook, type StorableViziOrder, storableViziOrder } from '@visanet/cbb-sync';
import type { Pool } from 'pg';
import { inTransaction } from './in-transaction.ts';
import { keepDelivery } from './keep-delivery.ts';
import { saveOrder } from './save-order.ts';

export type Receipt =
  | { readonly kind: 'stored'; readonly orderId: string }
  /** The problems name fields, never values. */
  | { readonly kind: 'refused'; readonly problems: readonly string[] };

/** The delivery is on disk, and an order of it with its job, when this resolves; it rejects if they may not be. */
export async function receiveOrder(pool: Pool, sync: ThrowingCbbSync, body: string): Promise<Receipt> {
  const receivedAt = new Date().toISOString();
  const { order, problems } = readOrder(body, receivedAt);
  if (order === null) {
    await keepDelivery(pool, { receivedAt, body, orderId: null, problem: problems.join('; ') });
    return { kind: 'refused', problems };
  }

  const orderId = order.order_id;
  // On its own, so that it outlives an order that the table refuses.
  await keepDelivery(pool, { receivedAt, body, orderId, problem: null });
  await inTransaction(pool, async (transaction) => {
    await saveOrder(transaction, order);
    await sync.enqueue(orderId, {
      db: { executeSql: (text, values) => transaction.query(text, values) },
    });
  });
  return { kind: 'stored', orderId };
}

interface Reading {
  readonly order: StorableViziOrder | null;
  readonly problems: readonly string[];
}

function readOrder(body: string, receivedAt: string): Reading {
  let payload: unknown;
  try {
    payload = JSON.parse(body);
  } catch {
    return { order: null, problems: ['the body is not valid JSON'] };
  }
  return parseViziWebhook(payload, receivedAt)
    .map(storableViziOrder)
    .match(
      (order): Reading => ({ order, problems: [] }),
      ({ problems }) => ({ order: null, problems }),
    );
}
