import type { SettleAnswer, SettleInput } from '../ports/order-store.ts';
import { leavesLocked, moveToPhone } from './leave-phone.ts';
import { currentRow, isLocked, type MemoryState, type OrderRow } from './state.ts';

export function settle<O>(state: MemoryState<O>, input: SettleInput): SettleAnswer {
  const row = currentRow(state, input);
  if (row === null) return { kind: 'changed' };
  const phone = input.phone === 'unchanged' ? keyOf(row) : input.phone;
  if (isLocked(state, row) || leavesLocked(state, row, phone)) return { kind: 'locked' };
  const stays = row.phoneKey !== null && row.phoneKey === phone?.phoneKey;
  if (input.status !== 'pending' && stays && needsWork(state, row.phoneKey)) return { kind: 'unsettled' };
  const leftPhone = moveToPhone(state, row, phone);
  if (input.status === 'pending') return { kind: 'settled', leftPhone };
  row.status = input.status;
  row.reason = input.reason;
  row.dueAt = null;
  row.completedAt = state.clock.now();
  return { kind: 'settled', leftPhone };
}

function keyOf<O>({ phoneKey, bucket }: OrderRow<O>) {
  return phoneKey === null || bucket === null ? null : { phoneKey, bucket };
}

/** The contact may hold what no order accounts for, or a holder is at it and may leave it so. */
function needsWork<O>(state: MemoryState<O>, phoneKey: string | null): boolean {
  const ledger = phoneKey === null ? undefined : state.ledgers.get(phoneKey);
  if (ledger === undefined) return false;
  return ledger.appliedHashes !== null || ledger.repair || ledger.voided || ledger.unclean;
}
