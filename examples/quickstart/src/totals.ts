import type { OrderStatus } from '@visanet/cbb-sync';
import type { SyncResult } from './sync-scenario.ts';

/** What `--json` prints. */
export interface Totals {
  readonly orders: number;
  readonly synced: number;
  readonly no_whatsapp: number;
  readonly skipped: number;
  readonly failed: number;
  readonly contacts: number;
  readonly requests: number;
  readonly durationMs: number;
}

export function totalsOf({ orders, contacts, requests, durationMs }: SyncResult): Totals {
  const count = (status: OrderStatus) => orders.filter((order) => order.status === status).length;
  return {
    orders: orders.length,
    synced: count('synced'),
    no_whatsapp: count('no_whatsapp'),
    skipped: count('skipped'),
    failed: count('failed'),
    contacts: contacts.size,
    requests,
    durationMs,
  };
}
