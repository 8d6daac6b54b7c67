import type {
  CompleteAnswer,
  CompleteInput,
  LedgerWrite,
  OrderOutcome,
  ReleaseAnswer,
  ReleaseInput,
} from '../ports/order-store.ts';
import { isUnfinished, ordersOfPhone, takeSnapshot } from './snapshot.ts';
import {
  currentRow,
  heldLedger,
  isLocked,
  type LedgerRow,
  type MemoryState,
  makeDue,
  type OrderRow,
} from './state.ts';

function writeLedger<O>(
  state: MemoryState<O>,
  ledger: LedgerRow,
  write: LedgerWrite,
  appliedOrderId: string | null,
): void {
  const now = state.clock.now();
  ledger.contact = write.contact;
  ledger.hashes = write.hashes;
  ledger.appliedHashes = write.appliedHashes;
  ledger.identity = write.identity;
  ledger.unclean = write.unclean;
  if (write.verified) ledger.verifiedAt = now;
  if (write.whatsApp !== undefined) {
    ledger.whatsApp = write.whatsApp;
    ledger.whatsAppAt = now;
  }
  const applied = appliedOrderId === null ? undefined : state.rows.get(appliedOrderId);
  if (applied !== undefined) ledger.applied = { rank: applied.rank, orderId: applied.orderId };
  ledger.lease = null;
}

function changedSince<O>(state: MemoryState<O>, { phone, seen }: CompleteInput): boolean {
  const known = new Map(seen.map(({ orderId, version }) => [orderId, version]));
  const gone = seen.some((one) => currentRow(state, one)?.phoneKey !== phone.phoneKey);
  return (
    gone || ordersOfPhone(state, phone.phoneKey).some((row) => isUnfinished(row) && !known.has(row.orderId))
  );
}

export function complete<O>(state: MemoryState<O>, input: CompleteInput): CompleteAnswer<O> {
  const { phoneKey } = input.phone;
  const ledger = heldLedger(state, phoneKey, input.token);
  if (ledger === null) return { kind: 'lost' };
  if (ledger.dirty || changedSince(state, input)) {
    const row = state.rows.get(input.orderId);
    const own = row?.phoneKey === phoneKey ? row : undefined;
    const snapshot = takeSnapshot(state, phoneKey, ledger, { unclean: ledger.voided, own });
    ledger.dirty = false;
    ledger.voided = false;
    return { kind: 'again', snapshot };
  }
  writeLedger(state, ledger, input.ledger, input.appliedOrderId);
  ledger.orphaned = input.orphaned;
  if (input.appliedOrderId !== null) ledger.repair = false;
  const locked: string[] = [];
  for (const outcome of input.outcomes) {
    const row = currentRow(state, outcome);
    if (row === null) continue;
    if (!isLocked(state, row)) finish(state, row, outcome);
    else {
      locked.push(row.orderId);
      if (row.orderId === input.orderId) ledger.leftOrderId = row.orderId;
    }
  }
  return { kind: 'completed', locked };
}

function finish<O>(state: MemoryState<O>, row: OrderRow<O>, outcome: OrderOutcome): void {
  row.status = outcome.status;
  row.reason = outcome.reason;
  row.contact = outcome.contact ?? row.contact;
  row.dueAt = null;
  row.attempts = 0;
  row.crashes = 0;
  row.failingSince = null;
  row.completedAt = state.clock.now();
}

export function release<O>(
  state: MemoryState<O>,
  { phone, token, own, ...left }: ReleaseInput,
): ReleaseAnswer {
  const ledger = heldLedger(state, phone.phoneKey, token);
  if (ledger === null) return { kind: 'lost' };
  writeLedger(state, ledger, left.ledger, left.appliedOrderId);
  const row = currentRow(state, own);
  if (row === null) return { kind: 'released', locked: false };
  if (isLocked(state, row)) {
    ledger.leftOrderId = row.orderId;
    return { kind: 'released', locked: true };
  }
  if (own.countsAttempt) row.attempts += 1;
  if (own.failing) row.failingSince ??= state.clock.now();
  row.reason = own.reason;
  if (own.status === 'pending') makeDue(state, row, own.dueInMs);
  else {
    row.status = 'failed';
    row.dueAt = null;
    row.completedAt = state.clock.now();
  }
  return { kind: 'released', locked: false };
}
