import type { Mapping } from '../mapping/mapping.ts';
import type { OrderRow, Rank } from './state.ts';

/** A row as the host wrote it, and what the mapping makes of it. */
export type RowContent<O> = Pick<OrderRow<O>, 'content' | 'order' | 'problems' | 'failure'>;

/** An order of which every mapped column must be there: an absent one is a mistake, not an empty value. */
export function contentOf<O extends object>(mapping: Mapping<O>, order: O): RowContent<O> {
  const absent = mapping.watchedColumns.filter((column) => !Reflect.has(order, column));
  if (absent.length === 0) return { content: order, order, problems: [], failure: null };
  const problems = absent.map((column) => `${column} is absent`);
  return { content: order, order: null, problems, failure: null };
}

/** A row as a database would give it. */
export function parsedContent<O extends object>(mapping: Mapping<O>, row: object): RowContent<O> {
  const parsed = mapping.parse(row);
  if (parsed.ok) return { ...contentOf(mapping, parsed.order), content: row };
  const { problems, failure = null } = parsed;
  return { content: row, order: null, problems, failure };
}

function rankOf<O>(mapping: Mapping<O>, content: object): Rank {
  const value: unknown = Reflect.get(content, mapping.rankColumn);
  if (value instanceof Date) return value.getTime();
  return typeof value === 'number' ? value : String(value);
}

export function newRow<O>(mapping: Mapping<O>, orderId: string, written: RowContent<O>): OrderRow<O> {
  return {
    ...written,
    orderId,
    rank: rankOf(mapping, written.content),
    version: 1,
    status: 'pending',
    attempts: 0,
    crashes: 0,
    phoneKey: null,
    bucket: null,
    reason: null,
    dueAt: null,
    claimedUntil: null,
    failingSince: null,
    attemptedAt: null,
    completedAt: null,
    contact: null,
  };
}

export function sameContent<O>(mapping: Mapping<O>, a: object, b: object): boolean {
  return mapping.watchedColumns.every(
    (column) => JSON.stringify(Reflect.get(a, column)) === JSON.stringify(Reflect.get(b, column)),
  );
}
