import type { Mapping, MappingFailure } from '../mapping/mapping.ts';
import type { Clock } from '../ports/clock.ts';
import type { WhatsAppAnswer } from '../ports/contact-gateway.ts';
import type { OrderStatus, OrderVersion, StoredOrder } from '../ports/order-store.ts';

export type Rank = string | number;

/** What is compared to find the newest order. */
export interface RankedId {
  readonly rank: Rank;
  readonly orderId: string;
}

export interface OrderRow<O> {
  /** What the host wrote. */
  content: object;
  /** Null where the schema refuses the row, or a mapped column is absent. */
  order: O | null;
  /** Why it is null, by column. */
  problems: readonly string[];
  /** Why it is null where the schema threw. */
  failure: MappingFailure | null;
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
  /** Not handed out again before. */
  claimedUntil: number | null;
  failingSince: number | null;
  attemptedAt: number | null;
  completedAt: number | null;
  contact: { contactId: string; existed: boolean; hasWhatsApp: boolean | null } | null;
}

export interface LedgerRow {
  contact: 'unknown' | 'exists';
  hashes: Readonly<Record<string, string>>;
  appliedHashes: Readonly<Record<string, string>> | null;
  identity: { readonly name?: string; readonly email?: string };
  whatsApp: WhatsAppAnswer;
  whatsAppAt: number | null;
  verifiedAt: number | null;
  applied: RankedId | null;
  /** The holder's mark: set from begin to finish. */
  unclean: boolean;
  /** A stale writer's mark; shown as unclean to the next begin or to the present holder. */
  voided: boolean;
  /** The holder must look again: a repair or a void came, which the orders do not show. */
  dirty: boolean;
  repair: boolean;
  /** The phone lost its only order: a person decides what becomes of the contact. */
  orphaned: boolean;
  lease: { readonly token: string; readonly expiresAt: number } | null;
  /** The order that a holder left `syncing` because its row was locked. */
  leftOrderId: string | null;
}

export interface MemoryState<O> {
  readonly mapping: Mapping<O>;
  readonly clock: Pick<Clock, 'now'>;
  readonly rows: Map<string, OrderRow<O>>;
  readonly ledgers: Map<string, LedgerRow>;
  readonly tombstones: Map<string, { incomplete: boolean }>;
  /** Newest rank of each phone among the orders that were there before the sync. */
  readonly history: Map<string, RankedId>;
  /** Orders that a transaction of the host's holds, and how many of them do. */
  readonly locks: Map<string, number>;
  /** Makes lease tokens unique. */
  leaseCount: number;
}

export function emptyState<O>(mapping: Mapping<O>, clock: Pick<Clock, 'now'>): MemoryState<O> {
  return {
    mapping,
    clock,
    rows: new Map(),
    ledgers: new Map(),
    tombstones: new Map(),
    history: new Map(),
    locks: new Map(),
    leaseCount: 0,
  };
}

export function emptyLedger(): LedgerRow {
  return {
    contact: 'unknown',
    hashes: {},
    appliedHashes: null,
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
    leftOrderId: null,
  };
}

export function ledgerOf<O>(state: MemoryState<O>, phoneKey: string): LedgerRow {
  const ledger = state.ledgers.get(phoneKey) ?? emptyLedger();
  state.ledgers.set(phoneKey, ledger);
  return ledger;
}

/** Milliseconds that another's lease still lasts; null where the phone is free. */
export function restOfLease<O>(state: MemoryState<O>, ledger: LedgerRow): number | null {
  const rest = ledger.lease === null ? 0 : ledger.lease.expiresAt - state.clock.now();
  return rest > 0 ? rest : null;
}

/** The ledger, if the token still holds its lease by the store's clock. */
export function heldLedger<O>(state: MemoryState<O>, phoneKey: string, token: string): LedgerRow | null {
  const ledger = state.ledgers.get(phoneKey);
  return ledger?.lease?.token === token && restOfLease(state, ledger) !== null ? ledger : null;
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

export function isLocked<O>(state: MemoryState<O>, row: OrderRow<O>): boolean {
  return state.locks.has(row.orderId);
}

export function makeDue<O>(state: MemoryState<O>, row: OrderRow<O>, inMs = 0): void {
  row.status = 'pending';
  row.dueAt = state.clock.now() + inMs;
  row.claimedUntil = null;
}

/** A change of the order itself: what was decided about the old content no longer counts. */
export function startAnew<O>(state: MemoryState<O>, row: OrderRow<O>): void {
  row.version += 1;
  row.attempts = 0;
  row.crashes = 0;
  row.failingSince = null;
  row.reason = null;
  makeDue(state, row);
}

export function toStored<O>(state: MemoryState<O>, row: OrderRow<O>): StoredOrder<O> {
  const now = state.clock.now();
  const { orderId, order, version, status, attempts, phoneKey, reason } = row;
  const kept = {
    orderId,
    version,
    status,
    attempts,
    phoneKey,
    reason,
    dueInMs: status === 'pending' && row.dueAt !== null ? row.dueAt - now : null,
    failingForMs: row.failingSince === null ? null : now - row.failingSince,
  };
  if (order !== null) return { ...kept, readable: true, order };
  const { problems, failure } = row;
  return { ...kept, readable: false, problems, ...(failure === null ? {} : { failure }) };
}
