import type { EraseBegin, PhoneIdentity } from '../ports/order-store.ts';
import { ordersOfPhone } from './snapshot.ts';
import { heldLedger, ledgerOf, type MemoryState, makeDue, nextToken } from './state.ts';

export function beginErase<O>(state: MemoryState<O>, phone: PhoneIdentity, leaseMs: number): EraseBegin {
  const now = state.clock.now();
  const ledger = ledgerOf(state, phone.phoneKey);
  if (ledger.lease !== null && ledger.lease.expiresAt > now) {
    return { kind: 'busy', retryAfterMs: ledger.lease.expiresAt - now };
  }
  const token = nextToken(state);
  ledger.lease = { token, expiresAt: now + leaseMs };
  state.tombstones.set(phone.tombstone, { incomplete: true });
  const witness = ordersOfPhone(state, phone.phoneKey)[0];
  if (witness !== undefined) makeDue(state, witness, leaseMs);
  return { kind: 'acquired', token };
}

export function completeErase<O>(
  state: MemoryState<O>,
  phone: PhoneIdentity,
  token: string,
): 'completed' | 'lost' {
  const ledger = heldLedger(state, phone.phoneKey, token);
  if (ledger === null) return 'lost';
  // A stale writer that spoke up meanwhile may have created the contact again.
  state.tombstones.set(phone.tombstone, { incomplete: ledger.voided });
  state.ledgers.delete(phone.phoneKey);
  for (const row of ordersOfPhone(state, phone.phoneKey)) {
    row.phoneKey = null;
    row.bucket = null;
    row.contact = null;
    // An unfinished order may have been given another phone meanwhile: its own sync finds out.
    if (row.status === 'pending' || row.status === 'syncing') {
      makeDue(state, row);
      continue;
    }
    row.status = 'skipped';
    row.reason = 'erased';
    row.dueAt = null;
  }
  return 'completed';
}
