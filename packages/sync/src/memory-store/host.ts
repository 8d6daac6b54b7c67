import type { Mapping } from '../mapping/mapping.ts';
import { normalizePhone } from '../phone/normalize-phone.ts';
import { contentOf, newRow, parsedContent, type RowContent, sameContent } from './rows.ts';
import { compareRank } from './snapshot.ts';
import { type MemoryState, makeDue, type OrderRow, startAnew } from './state.ts';

/** What hosts, and people with a database console, do to their orders besides saving them. */
export interface MemoryHost<O> {
  /** A row as a table holds it: parsed by the mapping; one that its schema refuses is kept, and its sync fails. */
  saveRow(row: object): void;
  /** An order from before the sync, as a migration finds it: left alone, but no older order of its phone is written. */
  saveHistory(order: O): void;
  /** Sets the status of an order to `pending` and its error to nothing, as the plan's SQL does. */
  setPending(orderId: string): void;
  /** Holds orders as a transaction does, until the function that is returned is called. */
  hold(orderIds: readonly string[]): () => void;
  /** Lets the lease of a phone run out now. */
  endLease(phoneKey: string): void;
}

/** Inserts, or updates as a table with the re-arm trigger would: see `MemoryStore.save`. */
export function saveContent<O>(state: MemoryState<O>, orderId: string, written: RowContent<O>): void {
  const known = state.rows.get(orderId);
  if (known === undefined) {
    const row = newRow(state.mapping, orderId, written);
    state.rows.set(orderId, row);
    makeDue(state, row);
    return;
  }
  const changed = !sameContent(state.mapping, known.content, written.content);
  Object.assign(known, written);
  if (known.status === 'history') return;
  if (changed) startAnew(state, known);
  else if (known.status === 'pending' || known.status === 'syncing') makeDue(state, known);
}

export function createHost<O extends object>(state: MemoryState<O>): MemoryHost<O> {
  const { mapping } = state;
  return {
    saveRow(row) {
      const written = parsedContent(mapping, row);
      saveContent(state, idOf(mapping, row), written);
    },
    saveHistory(order) {
      const row = newRow(mapping, mapping.orderIdOf(order), contentOf(mapping, order));
      row.status = 'history';
      state.rows.set(row.orderId, row);
      if (row.order !== null && mapping.eligibilityOf(row.order).eligible) keepRank(state, row, row.order);
    },
    setPending(orderId) {
      const row = state.rows.get(orderId);
      if (row === undefined) return;
      if (row.status === 'pending') row.reason = null;
      else {
        const crashes = row.status === 'syncing' ? row.crashes : 0;
        startAnew(state, row);
        row.crashes = crashes;
      }
    },
    hold(orderIds) {
      for (const orderId of orderIds) state.locks.set(orderId, (state.locks.get(orderId) ?? 0) + 1);
      return () => {
        for (const orderId of orderIds) {
          const others = (state.locks.get(orderId) ?? 1) - 1;
          if (others === 0) state.locks.delete(orderId);
          else state.locks.set(orderId, others);
        }
      };
    },
    endLease(phoneKey) {
      const ledger = state.ledgers.get(phoneKey);
      if (ledger?.lease) ledger.lease = { ...ledger.lease, expiresAt: state.clock.now() };
    },
  };
}

function keepRank<O>(state: MemoryState<O>, row: OrderRow<O>, order: O): void {
  const phone = normalizePhone(state.mapping.phoneOf(order));
  if (phone.isErr()) return;
  const newest = state.history.get(phone.value);
  if (newest === undefined || compareRank(row, newest) > 0) state.history.set(phone.value, row);
}

function idOf<O>(mapping: Mapping<O>, row: object): string {
  const id: unknown = Reflect.get(row, mapping.orderIdColumn);
  if (typeof id === 'string' || typeof id === 'number' || typeof id === 'bigint') return String(id);
  throw new TypeError(`[cbb-sync] memory store: a row without ${mapping.orderIdColumn}`);
}
