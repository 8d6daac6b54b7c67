import type { Candidate, Ledger, Snapshot } from '../ports/order-store.ts';
import { type LedgerRow, type MemoryState, type OrderRow, type RankedId, toStored } from './state.ts';

/** Positive when `a` is newer; order ids break a tie. */
export function compareRank(a: RankedId, b: RankedId): number {
  if (a.rank !== b.rank) return a.rank < b.rank ? -1 : 1;
  if (a.orderId === b.orderId) return 0;
  return a.orderId < b.orderId ? -1 : 1;
}

export function ordersOfPhone<O>(state: MemoryState<O>, phoneKey: string): OrderRow<O>[] {
  return [...state.rows.values()].filter((row) => row.phoneKey === phoneKey).sort(newestFirst);
}

function newestFirst(a: RankedId, b: RankedId): number {
  return compareRank(b, a);
}

export function isUnfinished<O>({ status }: OrderRow<O>): boolean {
  return status === 'pending' || status === 'syncing' || status === 'failed';
}

function positionOf<O>(
  row: OrderRow<O>,
  applied: RankedId | null,
  history: RankedId | undefined,
): Candidate<O>['position'] {
  const comparison = applied === null ? 1 : compareRank(row, applied);
  if (comparison === 0) return 'applied';
  if (history !== undefined && compareRank(row, history) < 0) return 'older_than_history';
  return comparison < 0 ? 'older' : 'newer';
}

/** What can matter to the contact, and the job's own order in any case. */
function candidatesOf<O>(
  rows: readonly OrderRow<O>[],
  own: OrderRow<O> | undefined,
  ledger: LedgerRow,
  unclean: boolean,
): OrderRow<O>[] {
  const newestFinished = rows.find(({ status }) => status === 'synced' || status === 'no_whatsapp');
  const appliedId = unclean || ledger.appliedHashes !== null ? ledger.applied?.orderId : undefined;
  return rows.filter(
    (row) => row === own || row === newestFinished || isUnfinished(row) || row.orderId === appliedId,
  );
}

function ledgerView(ledger: LedgerRow, now: number, unclean: boolean): Ledger {
  const { contact, hashes, appliedHashes, identity, whatsApp, whatsAppAt, verifiedAt, repair } = ledger;
  return {
    contact,
    hashes,
    appliedHashes,
    identity,
    whatsApp: { answer: whatsApp, ageMs: whatsAppAt === null ? null : now - whatsAppAt },
    verifiedAgeMs: verifiedAt === null ? null : now - verifiedAt,
    unclean,
    repair,
  };
}

/** `own` counts as one of the phone's orders where it is none yet. */
export function takeSnapshot<O>(
  state: MemoryState<O>,
  phoneKey: string,
  ledger: LedgerRow,
  view: { readonly unclean: boolean; readonly own: OrderRow<O> | undefined },
): Snapshot<O> {
  const { unclean, own } = view;
  const siblings = ordersOfPhone(state, phoneKey).filter((row) => row !== own);
  const rows = own === undefined ? siblings : [...siblings, own].sort(newestFirst);
  const history = state.history.get(phoneKey);
  return {
    ledger: ledgerView(ledger, state.clock.now(), unclean),
    candidates: candidatesOf(rows, own, ledger, unclean).map((row) => ({
      ...toStored(state, row),
      position: positionOf(row, ledger.applied, history),
    })),
  };
}
