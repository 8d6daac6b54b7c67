import { parseViziWebhook, type StorableViziOrder, storableViziOrder } from '@visanet/cbb-sync';
import { keepDelivery } from './keep-delivery.ts';
import { type SqlClient, saveOrder } from './save-order.ts';

export type Receipt =
  | { readonly kind: 'stored'; readonly orderId: string }
  /** The problems name fields, never values. */
  | { readonly kind: 'refused'; readonly problems: readonly string[] };

/**
 * The delivery and an order of it are on disk when this resolves; it rejects if they may not be. There is nothing to
 * enqueue: a new or changed row is due, by a trigger of the sync.
 */
export async function receiveOrder(database: SqlClient, body: string): Promise<Receipt> {
  const receivedAt = new Date().toISOString();
  const { order, problems } = readOrder(body, receivedAt);
  if (order === null) {
    await keepDelivery(database, { receivedAt, body, orderId: null, problem: problems.join('; ') });
    return { kind: 'refused', problems };
  }
  const orderId = order.order_id;
  await keepDelivery(database, { receivedAt, body, orderId, problem: null });
  await saveOrder(database, order);
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
