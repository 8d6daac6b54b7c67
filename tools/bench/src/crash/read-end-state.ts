import * as z from 'zod';
import type { SeenCreate } from '../bench/service/messages.ts';
import type { Service } from '../bench/service/start-service.ts';
import type { SqlClient } from '../host/orders-table.ts';
import { type ContactAtRest, readContacts, readRequests, readViolations } from '../host/service-state.ts';

const orderSchema = z.object({
  order_id: z.string(),
  form_id: z.string(),
  branch: z.string(),
  client_name: z.string(),
  client_email: z.string(),
  client_phone: z.string(),
  whatsapp_alerts_enabled: z.boolean(),
  product_country: z.string(),
  product_doc_type: z.string().nullable(),
  visa_quantity: z.number(),
  urgency: z.string(),
  amount: z.string(),
  currency: z.string(),
  entry_date: z.string().nullable(),
  webhook_received_at: z.string(),
  status: z.string(),
  attempts: z.number(),
  error: z.string().nullable(),
});

/** An order as SQL finds it. */
export type OrderAtRest = z.output<typeof orderSchema>;

/** All that is left when nothing moves any more. */
export interface EndState {
  readonly orders: readonly OrderAtRest[];
  /** Rows of the ledger that somebody still holds. */
  readonly heldLeases: number;
  readonly contacts: readonly ContactAtRest[];
  readonly creates: readonly SeenCreate[];
  /** Exchanges that did not fit the contract's document. */
  readonly violations: number;
  /** Requests by operation. */
  readonly requests: Readonly<Record<string, number>>;
}

const ordersSql = `SELECT order_id, form_id, branch, client_name, client_email, client_phone,
    whatsapp_alerts_enabled, product_country, product_doc_type, visa_quantity, urgency, amount::text, currency,
    entry_date::text,
    to_char(webhook_received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS webhook_received_at,
    cbb_sync_status AS status, cbb_sync_attempts AS attempts, cbb_sync_error AS error
  FROM orders`;

const leasesSql = 'SELECT count(*)::int AS held FROM cbb_sync_ledger WHERE lease_token IS NOT NULL';

export async function readOrders(client: SqlClient): Promise<OrderAtRest[]> {
  return z.array(orderSchema).parse((await client.query(ordersSql)).rows);
}

export async function readEndState(client: SqlClient, service: Service): Promise<EndState> {
  const leases = z.object({ held: z.number() }).parse((await client.query(leasesSql)).rows[0]);
  return {
    orders: await readOrders(client),
    heldLeases: leases.held,
    contacts: await readContacts(service),
    creates: await service.creates(),
    violations: await readViolations(service),
    requests: await readRequests(service),
  };
}
