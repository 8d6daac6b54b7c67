import { type OptionRule, optional } from '@visanet/cbb-sync';
import { ownColumns } from './columns.ts';
import { columnProblem, tableProblem } from './identifiers.ts';

const rankTypes = ['timestamptz', 'timestamp', 'bigint', 'numeric', 'text'];
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

/** Rules of the options that store and migrations share. */
export const layoutRules: Readonly<Record<string, OptionRule>> = {
  table: optional(tableProblem),
  ledgerTable: optional(tableProblem),
  tombstoneTable: optional(tableProblem),
  auditTable: optional(tableProblem),
  migrationsTable: optional(tableProblem),
  columns: optional(columnsProblem),
  rankType: optional((value) =>
    rankTypes.some((type) => type === value) ? undefined : `must be one of ${rankTypes.join(', ')}`,
  ),
  notifyChannel: optional((value) =>
    value === false || columnProblem(value) === undefined ? undefined : 'must be false or a plain name',
  ),
};

export function mappingProblem(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && 'parse' in value && 'watchedColumns' in value
    ? undefined
    : 'must be made by defineMapping';
}
