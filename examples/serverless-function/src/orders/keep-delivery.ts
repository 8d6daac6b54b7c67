import type { SqlClient } from './save-order.ts';

export interface Delivery {
  /** ISO 8601. */
  readonly receivedAt: string;
  readonly body: string;
  /** Null where the payload was refused. */
  readonly orderId: string | null;
  readonly problem: string | null;
}

/** Keeps a delivery as it came, so that no order depends on what was read from it. */
export async function keepDelivery(client: SqlClient, delivery: Delivery): Promise<void> {
  const { receivedAt, orderId, problem, body } = delivery;
  // Postgres takes no zero byte into a text; JSON allows none either.
  const storable = body.replaceAll('\0', '\uFFFD');
  await client.query(
    'INSERT INTO public.vizi_inbox (received_at, order_id, problem, body) VALUES ($1, $2, $3, $4)',
    [receivedAt, orderId, problem, storable],
  );
}
