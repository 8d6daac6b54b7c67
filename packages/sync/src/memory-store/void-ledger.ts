import type { PhoneIdentity } from '../ports/order-store.ts';
import { ordersOfPhone } from './snapshot.ts';
import { isLocked, type MemoryState, makeDue } from './state.ts';

export function voidLedger<O>(
  state: MemoryState<O>,
  phone: PhoneIdentity,
  orderId: string,
): 'voided' | 'locked' {
  const tombstone = state.tombstones.get(phone.tombstone);
  if (tombstone !== undefined) tombstone.incomplete = true;
  const ledger = state.ledgers.get(phone.phoneKey);
  if (ledger !== undefined) {
    ledger.voided = true;
    ledger.dirty = true;
  }
  const orders = ordersOfPhone(state, phone.phoneKey);
  const own = orders.filter((row) => row.orderId === orderId);
  const others = orders.filter((row) => row.orderId !== orderId && row.status !== 'skipped');
  const able = [...others, ...own].filter((row) => !isLocked(state, row));
  const [heir] = able;
  if (heir !== undefined) makeDue(state, heir);
  const row = state.rows.get(orderId);
  if (row !== undefined && !isLocked(state, row)) makeDue(state, row);
  return heir === undefined && others.length + own.length > 0 ? 'locked' : 'voided';
}
