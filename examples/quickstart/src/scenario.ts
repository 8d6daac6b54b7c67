import type { OrderStatus } from '@visanet/cbb-sync';

export interface ExpectedOrder {
  readonly status: OrderStatus;
  /** Digits; null for an order without a valid phone. */
  readonly phone: string | null;
}

/** Fields that a contact must hold; null: it must be empty. */
export type ExpectedFields = Readonly<Record<string, string | number | boolean | null>>;

/** Webhooks in the order of their delivery, and how everything must end. */
export interface Scenario {
  readonly deliveries: readonly Delivery[];
  /** By order id. */
  readonly orders: Readonly<Record<string, ExpectedOrder>>;
  /** By phone; no other contact may exist. */
  readonly contacts: Readonly<Record<string, ExpectedFields>>;
  hasWhatsApp(phone: string): boolean;
}

export interface Delivery {
  readonly payload: unknown;
  /** ISO 8601. */
  readonly receivedAt: string;
}

const firstDelivery = Date.parse('2025-08-25T09:00:00.000Z');

/** When the webhook at this place of the queue came in: one a second. */
export function receivedAt(index: number): string {
  return new Date(firstDelivery + index * 1_000).toISOString();
}
