import type { Candidate, Ledger, Snapshot } from '../ports/order-store.ts';
import { type LedgerRow, type MemoryState, type OrderRow, type Rank, toStored } from './state.ts';

type Ranked = { readonly rank: Rank; readonly orderId: string };

/** Positive when `a` is newer; order ids break a tie. */
function compareRank(a: Ranked, b: Ranked): number {
  if (a.rank !== b.rank) return a.rank < b.rank ? -1 : 1;
  if (a.orderId === b.orderId) return 0;
  return a.orderId < b.orderId ? -1 : 1;
}

export function ordersOfPhone<O>(state: MemoryState<O>, phoneKey: string): OrderRow<O>[] {
  return [...state.rows.values()].filter((row) => row.phoneKey === phoneKey).sort(newestFirst);
}

export function newestFirst(a: Ranked, b: Ranked): number {
  return compareRank(b, a);
}

function positionOf<O>(row: OrderRow<O>, applied: LedgerRow['applied']): Candidate<O>['position'] {
  if (applied === null) return 'newer';
  const comparison = compareRank(row, applied);
  if (comparison === 0) return 'applied';
  return comparison > 0 ? 'newer' : 'older';
}

function ledgerView(ledger: LedgerRow, now: number, unclean: boolean): Ledger {
  const { contact, hashes, identity, whatsApp, whatsAppAt, verifiedAt, repair } = ledger;
  return {
    contact,
    hashes,
    identity,
    whatsApp: { answer: whatsApp, ageMs: whatsAppAt === null ? null : now - whatsAppAt },
    verifiedAgeMs: verifiedAt === null ? null : now - verifiedAt,
    unclean,
    repair,
  };
}

export function takeSnapshot<O>(
  state: MemoryState<O>,
  rows: readonly OrderRow<O>[],
  ledger: LedgerRow,
  unclean: boolean,
): Snapshot<O> {
  return {
    ledger: ledgerView(ledger, state.clock.now(), unclean),
    candidates: rows.map((row) => ({ ...toStored(row), position: positionOf(row, ledger.applied) })),
  };
}
