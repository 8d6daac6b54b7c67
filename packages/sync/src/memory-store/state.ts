import type { Mapping } from '../mapping/mapping.ts';
import type { Clock } from '../ports/clock.ts';
import type { WhatsAppAnswer } from '../ports/contact-gateway.ts';
import type { OrderStatus, OrderVersion, StoredOrder } from '../ports/order-store.ts';

export type Rank = string | number;

export interface OrderRow<O> {
  order: O;
  readonly orderId: string;
  /** What "newest" means; set at insert, never moved. */
  readonly rank: Rank;
  version: number;
  status: OrderStatus;
  attempts: number;
  crashes: number;
  phoneKey: string | null;
  bucket: number | null;
  reason: string | null;
  dueAt: number | null;
  attemptedAt: number | null;
  completedAt: number | null;
  contact: { contactId: string; existed: boolean; hasWhatsApp: boolean | null } | null;
}

export interface LedgerRow {
  contact: 'unknown' | 'exists';
  hashes: Readonly<Record<string, string>>;
  identity: { readonly name?: string; readonly email?: string };
  whatsApp: WhatsAppAnswer;
  whatsAppAt: number | null;
  verifiedAt: number | null;
  applied: { readonly rank: Rank; readonly orderId: string } | null;
  /** The holder's mark: set from begin to finish. */
  unclean: boolean;
  /** A stale writer's mark; shown as unclean to the next begin or to the present holder. */
  voided: boolean;
  dirty: boolean;
  repair: boolean;
  /** The phone lost its only order: a person decides what becomes of the contact. */
  orphaned: boolean;
  lease: { readonly token: string; readonly expiresAt: number } | null;
}

export interface MemoryState<O> {
  readonly mapping: Mapping<O>;
  readonly clock: Pick<Clock, 'now'>;
  readonly rows: Map<string, OrderRow<O>>;
  readonly ledgers: Map<string, LedgerRow>;
  readonly tombstones: Map<string, { incomplete: boolean }>;
  /** Makes lease tokens unique. */
  leaseCount: number;
}

export function emptyState<O>(mapping: Mapping<O>, clock: Pick<Clock, 'now'>): MemoryState<O> {
  return { mapping, clock, rows: new Map(), ledgers: new Map(), tombstones: new Map(), leaseCount: 0 };
}

export function emptyLedger(): LedgerRow {
  return {
    contact: 'unknown',
    hashes: {},
    identity: {},
    whatsApp: 'unknown',
    whatsAppAt: null,
    verifiedAt: null,
    applied: null,
    unclean: false,
    voided: false,
    dirty: false,
    repair: false,
    orphaned: false,
    lease: null,
  };
}

export function ledgerOf<O>(state: MemoryState<O>, phoneKey: string): LedgerRow {
  const ledger = state.ledgers.get(phoneKey) ?? emptyLedger();
  state.ledgers.set(phoneKey, ledger);
  return ledger;
}

/** The ledger, if the token still holds its lease by the store's clock. */
export function heldLedger<O>(state: MemoryState<O>, phoneKey: string, token: string): LedgerRow | null {
  const ledger = state.ledgers.get(phoneKey);
  if (ledger?.lease?.token !== token || ledger.lease.expiresAt <= state.clock.now()) return null;
  return ledger;
}

export function nextToken<O>(state: MemoryState<O>): string {
  state.leaseCount += 1;
  return `lease-${state.leaseCount}`;
}

/** The row, if its version is still the one that was read. */
export function currentRow<O>(state: MemoryState<O>, { orderId, version }: OrderVersion): OrderRow<O> | null {
  const row = state.rows.get(orderId);
  return row?.version === version ? row : null;
}

export function makeDue<O>(state: MemoryState<O>, row: OrderRow<O>, inMs = 0): void {
  row.status = 'pending';
  row.dueAt = state.clock.now() + inMs;
}

/** A change of the order itself: what was decided about the old content no longer counts. */
export function startAnew<O>(state: MemoryState<O>, row: OrderRow<O>): void {
  row.version += 1;
  row.attempts = 0;
  row.crashes = 0;
  row.reason = null;
  makeDue(state, row);
}

export function toStored<O>(row: OrderRow<O>): StoredOrder<O> {
  const { orderId, order, version, status, attempts, phoneKey, reason } = row;
  return { orderId, order, version, status, attempts, phoneKey, reason };
}
