import { parseViziWebhook, storableViziOrder } from '@visanet/cbb-sync';
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
  const read = parseViziWebhook(payloadOf(body), receivedAt).map(storableViziOrder);
  if (read.isErr()) {
    const { problems } = read.error;
    await keepDelivery(database, { receivedAt, body, orderId: null, problem: problems.join('; ') });
    return { kind: 'refused', problems };
  }
  const orderId = read.value.order_id;
  await keepDelivery(database, { receivedAt, body, orderId, problem: null });
  await saveOrder(database, read.value);
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
