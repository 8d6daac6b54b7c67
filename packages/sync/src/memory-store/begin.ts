import type { BeginAnswer, BeginInput } from '../ports/order-store.ts';
import { leavesLocked, moveToPhone } from './leave-phone.ts';
import { takeSnapshot } from './snapshot.ts';
import {
  currentRow,
  isLocked,
  type LedgerRow,
  ledgerOf,
  type MemoryState,
  nextToken,
  type OrderRow,
  restOfLease,
} from './state.ts';

export function begin<O>(state: MemoryState<O>, input: BeginInput): BeginAnswer<O> {
  const row = currentRow(state, input);
  if (row === null) return { kind: 'changed' };
  const tombstone = state.tombstones.get(input.phone.tombstone);
  if (tombstone !== undefined) return { kind: 'erased', incomplete: tombstone.incomplete };
  if (isLocked(state, row) || leavesLocked(state, row, input.phone)) return { kind: 'locked' };

  for (const key of input.keys) {
    const sibling = currentRow(state, key);
    if (sibling !== null && sibling.phoneKey === null && !isLocked(state, sibling)) {
      moveToPhone(state, sibling, key);
    }
  }

  // Keyed even where the phone is busy: its holder then finishes this order too.
  if (row.phoneKey === null) moveToPhone(state, row, input.phone);
  const { phoneKey } = input.phone;
  const ledger = ledgerOf(state, phoneKey);
  const resumed = input.resumes !== undefined && ledger.lease?.token === input.resumes;
  const rest = restOfLease(state, ledger);
  if (rest !== null && !resumed) return { kind: 'busy', retryAfterMs: rest };

  const leftPhone = moveToPhone(state, row, input.phone);
  if (!resumed && isCrash(row, ledger)) row.crashes += 1;
  if (ledger.leftOrderId === row.orderId) ledger.leftOrderId = null;
  row.status = 'syncing';
  row.attemptedAt = state.clock.now();
  row.dueAt = null;
  row.claimedUntil = null;
  const token = nextToken(state);
  ledger.lease = { token, expiresAt: state.clock.now() + input.leaseMs };
  ledger.dirty = false;
  ledger.orphaned = false;
  const unclean = ledger.unclean || ledger.voided;
  const snapshot = takeSnapshot(state, phoneKey, ledger, { unclean, own: row });
  ledger.unclean = true;
  ledger.voided = false;
  return { kind: 'acquired', token, snapshot, crashes: row.crashes, leftPhone };
}

/** A lease that was given back, or said to have left the order, tells of no crash. */
function isCrash<O>(row: OrderRow<O>, ledger: LedgerRow): boolean {
  return row.status === 'syncing' && ledger.lease !== null && ledger.leftOrderId !== row.orderId;
}
