import type {
  ClaimInput,
  DuePage,
  DueRules,
  ListDueInput,
  PhoneIdentity,
  SettleAnswer,
  SettleInput,
} from '../ports/order-store.ts';
import { moveToPhone, passRepair } from './leave-phone.ts';
import { ordersOfPhone } from './snapshot.ts';
import { currentRow, type MemoryState, makeDue, type OrderRow } from './state.ts';

export function settle<O>(state: MemoryState<O>, input: SettleInput): SettleAnswer {
  const row = currentRow(state, input);
  if (row === null) return { kind: 'changed' };
  const leftPhone = moveToPhone(state, row, input.phone);
  if (input.status === 'pending') return { kind: 'settled', leftPhone };
  row.status = input.status;
  row.reason = input.reason;
  row.dueAt = null;
  row.completedAt = state.clock.now();
  const ledger = row.phoneKey === null ? undefined : state.ledgers.get(row.phoneKey);
  if (row.phoneKey !== null && (ledger?.repair || ledger?.voided))
    passRepair(state, row.phoneKey, ledger, row);
  return { kind: 'settled', leftPhone };
}

function dueSince<O>(row: OrderRow<O>, leaseMs: number): number | null {
  if (row.status === 'pending') return row.dueAt;
  if (row.status === 'syncing' && row.attemptedAt !== null) {
    return Math.max(row.attemptedAt + leaseMs, row.dueAt ?? 0);
  }
  return null;
}

/** Oldest due first. */
function dueRows<O>(state: MemoryState<O>, { leaseMs, rolloutPercent }: DueRules): OrderRow<O>[] {
  const now = state.clock.now();
  return [...state.rows.values()]
    .flatMap((row) => {
      const since = dueSince(row, leaseMs);
      const inRollout = row.bucket === null || row.bucket < rolloutPercent;
      return since !== null && since <= now && inRollout ? [{ row, since }] : [];
    })
    .sort((a, b) => a.since - b.since)
    .map(({ row }) => row);
}

export function claimDue<O>(state: MemoryState<O>, input: ClaimInput): string[] {
  const visibleAt = state.clock.now() + input.visibilityMs;
  return dueRows(state, input)
    .slice(0, input.limit)
    .map((row) => {
      row.dueAt = visibleAt;
      return row.orderId;
    });
}

/** The cursor is an order id: pages are in the order of ids, which no sync in between moves. */
export function listDue<O>(state: MemoryState<O>, input: ListDueInput): DuePage {
  const { after, limit } = input;
  const orderIds = dueRows(state, input)
    .map(({ orderId }) => orderId)
    .filter((orderId) => after === null || orderId > after)
    .sort()
    .slice(0, limit);
  return { orderIds, next: orderIds.length < limit ? null : (orderIds.at(-1) ?? null) };
}

/** Claimed ones count too: another worker of this process may hold them right now. */
export function unkeyedPending<O>(state: MemoryState<O>, except: OrderRow<O>, limit: number): OrderRow<O>[] {
  return [...state.rows.values()]
    .filter((row) => row !== except && row.status === 'pending' && row.phoneKey === null)
    .sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))
    .slice(0, limit);
}

export function voidLedger<O>(state: MemoryState<O>, phone: PhoneIdentity, orderId: string): void {
  const tombstone = state.tombstones.get(phone.tombstone);
  if (tombstone !== undefined) tombstone.incomplete = true;
  const ledger = state.ledgers.get(phone.phoneKey);
  if (ledger !== undefined) {
    ledger.voided = true;
    ledger.dirty = true;
  }
  const heir = ordersOfPhone(state, phone.phoneKey).find((row) => row.status !== 'skipped');
  if (heir !== undefined) makeDue(state, heir);
  const row = state.rows.get(orderId);
  if (row !== undefined) makeDue(state, row);
}
