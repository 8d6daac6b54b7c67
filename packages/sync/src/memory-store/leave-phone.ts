import type { LeftPhone } from '../ports/order-store.ts';
import { ordersOfPhone } from './snapshot.ts';
import { isLocked, type MemoryState, makeDue, type OrderRow } from './state.ts';

type PhoneOfOrder = { readonly phoneKey: string; readonly bucket: number } | null;

function heirsOf<O>(state: MemoryState<O>, phoneKey: string, except: OrderRow<O>): OrderRow<O>[] {
  return ordersOfPhone(state, phoneKey).filter((row) => row !== except && row.status !== 'skipped');
}

function leftBy<O>(state: MemoryState<O>, row: OrderRow<O>, phone: PhoneOfOrder) {
  if (row.phoneKey === null || row.phoneKey === phone?.phoneKey) return null;
  const ledger = state.ledgers.get(row.phoneKey);
  return ledger === undefined ? null : { ledger, heirs: heirsOf(state, row.phoneKey, row) };
}

/** Whether the phone that the order would leave could be repaired by orders that the host holds, and by no others. */
export function leavesLocked<O>(state: MemoryState<O>, row: OrderRow<O>, phone: PhoneOfOrder): boolean {
  const heirs = leftBy(state, row, phone)?.heirs ?? [];
  return heirs.length > 0 && heirs.every((heir) => isLocked(state, heir));
}

/** Stores the key of an order; a phone that it leaves behind is marked for repair, by the newest order that counts. */
export function moveToPhone<O>(state: MemoryState<O>, row: OrderRow<O>, phone: PhoneOfOrder): LeftPhone {
  const left = leftBy(state, row, phone);
  row.phoneKey = phone?.phoneKey ?? null;
  row.bucket = phone?.bucket ?? null;
  if (left === null) return 'none';
  left.ledger.repair = true;
  left.ledger.dirty = true;
  const heir = left.heirs.find((candidate) => !isLocked(state, candidate));
  if (heir === undefined) {
    // Without an order, a person must decide.
    left.ledger.orphaned = true;
    return 'orphaned';
  }
  makeDue(state, heir);
  return 'repair_armed';
}
