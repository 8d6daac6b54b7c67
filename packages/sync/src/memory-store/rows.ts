import type { Mapping } from '../mapping/mapping.ts';
import type { OrderRow, Rank } from './state.ts';

function rankOf<O extends object>(mapping: Mapping<O>, order: O): Rank {
  const value: unknown = Reflect.get(order, mapping.rankColumn);
  if (value instanceof Date) return value.getTime();
  return typeof value === 'number' ? value : String(value);
}

export function newRow<O extends object>(mapping: Mapping<O>, order: O): OrderRow<O> {
  return {
    order,
    orderId: mapping.orderIdOf(order),
    rank: rankOf(mapping, order),
    version: 1,
    status: 'pending',
    attempts: 0,
    crashes: 0,
    phoneKey: null,
    bucket: null,
    reason: null,
    dueAt: null,
    attemptedAt: null,
    completedAt: null,
    contact: null,
  };
}

/** A redelivery or an edit never moves the rank. */
export function withRankOf<O extends object>(mapping: Mapping<O>, known: O, update: O): O {
  return { ...update, [mapping.rankColumn]: Reflect.get(known, mapping.rankColumn) };
}

export function sameContent<O extends object>(mapping: Mapping<O>, a: O, b: O): boolean {
  return mapping.watchedColumns.every(
    (column) => JSON.stringify(Reflect.get(a, column)) === JSON.stringify(Reflect.get(b, column)),
  );
}
