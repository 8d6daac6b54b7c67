import type { CompleteAnswer, CompleteInput, LedgerWrite, ReleaseInput } from '../ports/order-store.ts';
import { ordersOfPhone, takeSnapshot } from './snapshot.ts';
import { currentRow, heldLedger, type LedgerRow, type MemoryState, makeDue } from './state.ts';

function writeLedger<O>(
  state: MemoryState<O>,
  ledger: LedgerRow,
  write: LedgerWrite,
  appliedOrderId: string | null,
): void {
  const now = state.clock.now();
  ledger.contact = write.contact;
  ledger.hashes = write.hashes;
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

function changedSince<O>(state: MemoryState<O>, input: CompleteInput): boolean {
  const rows = ordersOfPhone(state, input.phone.phoneKey);
  const seen = new Map(input.seen.map(({ orderId, version }) => [orderId, version]));
  return rows.length !== seen.size || rows.some((row) => seen.get(row.orderId) !== row.version);
}

export function complete<O>(state: MemoryState<O>, input: CompleteInput): CompleteAnswer<O> {
  const ledger = heldLedger(state, input.phone.phoneKey, input.token);
  if (ledger === null) return { kind: 'lost' };
  if (ledger.dirty || changedSince(state, input)) {
    const snapshot = takeSnapshot(state, ordersOfPhone(state, input.phone.phoneKey), ledger, ledger.voided);
    ledger.dirty = false;
    ledger.voided = false;
    return { kind: 'again', snapshot };
  }
  writeLedger(state, ledger, input.ledger, input.appliedOrderId);
  if (input.appliedOrderId !== null) ledger.repair = false;
  for (const outcome of input.outcomes) {
    const row = currentRow(state, outcome);
    if (row === null) continue;
    row.status = outcome.status;
    row.reason = outcome.reason;
    row.contact = outcome.contact;
    row.dueAt = null;
    row.attempts = 0;
    row.crashes = 0;
    row.completedAt = state.clock.now();
  }
  return { kind: 'completed' };
}

export function release<O>(state: MemoryState<O>, input: ReleaseInput): 'released' | 'lost' {
  const ledger = heldLedger(state, input.phone.phoneKey, input.token);
  if (ledger === null) return 'lost';
  writeLedger(state, ledger, input.ledger, input.appliedOrderId);
  const row = currentRow(state, input.own);
  if (row !== null) {
    if (input.own.countsAttempt) row.attempts += 1;
    row.reason = input.own.reason;
    if (input.own.status === 'failed') {
      row.status = 'failed';
      row.dueAt = null;
      row.completedAt = state.clock.now();
    } else makeDue(state, row, input.own.dueInMs);
  }
  return 'released';
}
