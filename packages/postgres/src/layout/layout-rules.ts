import { type OptionRule, optional } from '@visanet/cbb-sync';
import { ownColumns } from './columns.ts';
import { columnProblem, tableProblem } from './identifiers.ts';

const columnNames = ['orderId', 'rank', ...Object.keys(ownColumns)];

function columnsProblem(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return 'must be an object of column names';
  const problems = Object.entries(value).flatMap(([name, column]) => {
    if (!columnNames.includes(name)) return [`${name} is not a column of the sync`];
    const problem = columnProblem(column);
    return problem === undefined ? [] : [`${name} ${problem}`];
  });
  return problems.length === 0 ? undefined : problems.join(', ');
}

const oneOf = (...words: readonly string[]) =>
  optional((value: unknown) =>
    words.some((word) => word === value) ? undefined : `must be one of ${words.join(', ')}`,
  );

/** Rules of the options that store and migrations share. */
export const layoutRules: Readonly<Record<string, OptionRule>> = {
  table: optional(tableProblem),
  state: oneOf('inline', 'beside'),
  stateTable: optional(tableProblem),
  ledgerTable: optional(tableProblem),
  historyTable: optional(tableProblem),
  scopeTable: optional(tableProblem),
  tombstoneTable: optional(tableProblem),
  auditTable: optional(tableProblem),
  migrationsTable: optional(tableProblem),
  columns: optional(columnsProblem),
  keyType: oneOf('text', 'uuid', 'bigint', 'integer'),
  rankType: oneOf('timestamptz', 'timestamp', 'bigint', 'numeric', 'text'),
  notifyChannel: optional((value) =>
    value === false || columnProblem(value) === undefined ? undefined : 'must be false or a plain name',
  ),
};

export function mappingProblem(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && 'parse' in value && 'watchedColumns' in value
    ? undefined
    : 'must be made by defineMapping';
}
