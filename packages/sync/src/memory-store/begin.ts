import type { BeginAnswer, BeginInput } from '../ports/order-store.ts';
import { moveToPhone } from './leave-phone.ts';
import { ordersOfPhone, takeSnapshot } from './snapshot.ts';
import { currentRow, ledgerOf, type MemoryState, nextToken } from './state.ts';

export function begin<O>(state: MemoryState<O>, input: BeginInput): BeginAnswer<O> {
  const row = currentRow(state, input);
  if (row === null) return { kind: 'changed' };
  const tombstone = state.tombstones.get(input.phone.tombstone);
  if (tombstone !== undefined) return { kind: 'erased', incomplete: tombstone.incomplete };

  for (const key of input.keys) {
    const sibling = currentRow(state, key);
    if (sibling !== null && sibling.phoneKey === null) moveToPhone(state, sibling, key);
  }

  // Keyed even where the phone is busy: its holder then finishes this order too.
  if (row.phoneKey === null) moveToPhone(state, row, input.phone);
  const now = state.clock.now();
  const ledger = ledgerOf(state, input.phone.phoneKey);
  if (ledger.lease !== null && ledger.lease.expiresAt > now) {
    ledger.dirty = true;
    if (row.status === 'pending') row.dueAt = ledger.lease.expiresAt;
    return { kind: 'busy', retryAfterMs: ledger.lease.expiresAt - now };
  }

  const leftPhone = moveToPhone(state, row, input.phone);
  if (row.status === 'syncing') row.crashes += 1;
  row.status = 'syncing';
  row.attemptedAt = now;
  row.dueAt = null;
  const token = nextToken(state);
  ledger.lease = { token, expiresAt: now + input.leaseMs };
  ledger.dirty = false;
  ledger.orphaned = false;
  const rows = ordersOfPhone(state, input.phone.phoneKey);
  const snapshot = takeSnapshot(state, rows, ledger, ledger.unclean || ledger.voided);
  ledger.unclean = true;
  ledger.voided = false;
  return { kind: 'acquired', token, snapshot, crashes: row.crashes, leftPhone };
}
