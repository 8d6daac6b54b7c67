import type { ClaimInput, PhoneIdentity, SettleAnswer, SettleInput } from '../ports/order-store.ts';
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

export function claimDue<O>(state: MemoryState<O>, input: ClaimInput): string[] {
  const now = state.clock.now();
  const due: { row: OrderRow<O>; since: number }[] = [];
  for (const row of state.rows.values()) {
    const since = dueSince(row, input.leaseMs);
    const inRollout = row.bucket === null || row.bucket < input.rolloutPercent;
    if (since !== null && since <= now && inRollout) due.push({ row, since });
  }
  due.sort((a, b) => a.since - b.since);
  return due.slice(0, input.limit).map(({ row }) => {
    row.dueAt = now + input.visibilityMs;
    return row.orderId;
  });
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
