import type { ClaimInput, DuePage, DueRules, ListDueInput } from '../ports/order-store.ts';
import { isLocked, type MemoryState, type OrderRow } from './state.ts';

interface Due<O> {
  readonly row: OrderRow<O>;
  readonly since: number;
}

function dueSince<O>(row: OrderRow<O>, leaseMs: number): number | null {
  if (row.status === 'pending') return row.dueAt;
  return row.status === 'syncing' && row.attemptedAt !== null ? row.attemptedAt + leaseMs : null;
}

/** Oldest due first, then by id. */
function dueRows<O>(state: MemoryState<O>, { leaseMs, rolloutPercent }: DueRules): Due<O>[] {
  const now = state.clock.now();
  return [...state.rows.values()]
    .flatMap((row) => {
      const since = dueSince(row, leaseMs);
      const inRollout = row.bucket === null || row.bucket < rolloutPercent;
      return since !== null && since <= now && inRollout ? [{ row, since }] : [];
    })
    .sort((a, b) => a.since - b.since);
}

export function claimDue<O>(state: MemoryState<O>, input: ClaimInput): string[] {
  const now = state.clock.now();
  return dueRows(state, input)
    .filter(({ row }) => !isLocked(state, row) && (row.claimedUntil ?? now) <= now)
    .slice(0, input.limit)
    .map(({ row }) => {
      row.claimedUntil = now + input.visibilityMs;
      return row.orderId;
    });
}

/** The cursor is an order id: pages are in the order of ids, which no sync in between moves. */
export function listDue<O>(state: MemoryState<O>, input: ListDueInput): DuePage {
  const { after, limit } = input;
  const orderIds = dueRows(state, input)
    .map(({ row }) => row.orderId)
    .filter((orderId) => after === null || orderId > after)
    .sort()
    .slice(0, limit);
  return { orderIds, next: orderIds.length < limit ? null : (orderIds.at(-1) ?? null) };
}

/** Claimed ones count too: another worker of this process may hold them right now. */
export function unkeyedPending<O>(state: MemoryState<O>, own: OrderRow<O>, limit: number): OrderRow<O>[] {
  const unkeyed = (row: OrderRow<O>) => row.status === 'pending' && row.phoneKey === null;
  if (!unkeyed(own)) return [];
  return [...state.rows.values()]
    .filter((row) => row !== own && row.order !== null && unkeyed(row))
    .sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))
    .slice(0, limit);
}
