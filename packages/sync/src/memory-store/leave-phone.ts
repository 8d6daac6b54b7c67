import type { LeftPhone } from '../ports/order-store.ts';
import { ordersOfPhone } from './snapshot.ts';
import { type LedgerRow, type MemoryState, makeDue, type OrderRow } from './state.ts';

/** Hands the repair of a phone to the newest of its orders that counts; without one, a person must decide. */
export function passRepair<O>(
  state: MemoryState<O>,
  phoneKey: string,
  ledger: LedgerRow,
  except: OrderRow<O>,
): LeftPhone {
  ledger.repair = true;
  ledger.dirty = true;
  const heir = ordersOfPhone(state, phoneKey).find((row) => row !== except && row.status !== 'skipped');
  if (heir === undefined) {
    ledger.orphaned = true;
    return 'orphaned';
  }
  makeDue(state, heir);
  return 'repair_armed';
}

/** Stores the key of an order; a phone that it leaves behind is marked for repair. */
export function moveToPhone<O>(
  state: MemoryState<O>,
  row: OrderRow<O>,
  phone: { readonly phoneKey: string; readonly bucket: number } | null,
): LeftPhone {
  const left = row.phoneKey;
  row.phoneKey = phone?.phoneKey ?? null;
  row.bucket = phone?.bucket ?? null;
  if (left === null || left === row.phoneKey) return 'none';
  const ledger = state.ledgers.get(left);
  return ledger === undefined ? 'none' : passRepair(state, left, ledger, row);
}
