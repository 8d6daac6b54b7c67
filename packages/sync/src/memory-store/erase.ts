import type { EraseBegin, PhoneIdentity } from '../ports/order-store.ts';
import { ordersOfPhone } from './snapshot.ts';
import {
  heldLedger,
  isLocked,
  ledgerOf,
  type MemoryState,
  makeDue,
  nextToken,
  restOfLease,
} from './state.ts';

export function beginErase<O>(state: MemoryState<O>, phone: PhoneIdentity, leaseMs: number): EraseBegin {
  const ledger = ledgerOf(state, phone.phoneKey);
  const rest = restOfLease(state, ledger);
  if (rest !== null) return { kind: 'busy', retryAfterMs: rest };
  const token = nextToken(state);
  ledger.lease = { token, expiresAt: state.clock.now() + leaseMs };
  ledger.unclean = true;
  state.tombstones.set(phone.tombstone, { incomplete: true });
  const able = ordersOfPhone(state, phone.phoneKey).filter((row) => !isLocked(state, row));
  const witness = able.find(({ status }) => status !== 'skipped') ?? able[0];
  if (witness !== undefined) makeDue(state, witness, leaseMs);
  return { kind: 'acquired', token };
}

export function completeErase<O>(
  state: MemoryState<O>,
  phone: PhoneIdentity,
  token: string,
): 'completed' | 'lost' | 'locked' {
  const ledger = heldLedger(state, phone.phoneKey, token);
  if (ledger === null) return 'lost';
  const rows = ordersOfPhone(state, phone.phoneKey);
  if (rows.some((row) => isLocked(state, row))) return 'locked';
  // A stale writer that spoke up meanwhile may have created the contact again.
  state.tombstones.set(phone.tombstone, { incomplete: ledger.voided });
  state.ledgers.delete(phone.phoneKey);
  state.history.delete(phone.phoneKey);
  for (const row of rows) {
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
