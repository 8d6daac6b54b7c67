import { columnValue } from './column-value.ts';
import type { ParsedRow } from './mapping.ts';
import { columnOf, type StandardResult, type StandardSchema } from './standard-schema.ts';
import { inPart, tryMapping } from './try-mapping.ts';
import { isPromise, UnusableAnswer, unusableAs } from './usable-answer.ts';

export interface RowRules<O> {
  readonly schema: StandardSchema<O>;
  readonly orderIdColumn: string;
  /** All columns that stores read. */
  readonly columns: readonly string[];
  /** Those without which no order can be mapped. */
  readonly mapped: readonly string[];
}

/**
 * Checks and types a row. A problem names the column alone: messages and inner keys may hold customer data. A schema
 * that throws says nothing of the row.
 */
export function parseRow<O>(rules: RowRules<O>, row: unknown): ParsedRow<O> {
  return tryMapping('schema', (): ParsedRow<O> => {
    const result = validated(rules.schema, row);
    if (result.issues !== undefined) {
      return refused(result.issues.map((issue) => issueProblem(rules, row, columnOf(issue))));
    }
    const problems = orderProblems(rules, row, result.value);
    return problems.length > 0 ? refused(problems) : { ok: true, order: result.value };
  }).match(
    (parsed) => parsed,
    (failure) => ({ ok: false, problems: [`the schema threw ${failure.error}`], failure }),
  );
}

function refused(problems: readonly string[]) {
  return { ok: false, problems: [...new Set(problems)] } as const;
}

function validated<O>(schema: StandardSchema<O>, row: unknown): StandardResult<O> {
  const result = schema['~standard'].validate(row);
  if (!isPromise(result)) return result;
  // Some libraries run a schema that threw once more, asynchronously. Asked without that chance, it says why.
  const parse = columnValue(schema, 'safeParse');
  if (typeof parse === 'function') inPart('schema', () => Reflect.apply(parse, schema, [row]));
  throw new UnusableAnswer('a Promise');
}

function issueProblem<O>({ columns }: RowRules<O>, row: unknown, column: string | undefined): string {
  if (column === undefined) return 'the row is invalid';
  return columns.includes(column) || hasColumn(row, column)
    ? `${column} is invalid`
    : `${column} is not read: name it in "columns" of the mapping`;
}

function orderProblems<O>({ orderIdColumn, mapped }: RowRules<O>, row: unknown, order: O): string[] {
  const id = columnValue(order, orderIdColumn);
  const absent = mapped
    .filter((column) => !hasColumn(order, column))
    .map((column) => `${column} is ${hasColumn(row, column) ? 'dropped by the schema' : 'absent'}`);
  for (const column of mapped) {
    const value = columnValue(order, column);
    const what = unusableAs(value);
    // A row that came with it is another matter: it counts as missing.
    if (what !== null && !Object.is(value, columnValue(row, column)))
      throw new UnusableAnswer(`${what} as ${column}`);
  }
  const hasId = (typeof id === 'string' && id !== '') || typeof id === 'number' || typeof id === 'bigint';
  return hasId ? absent : [`${orderIdColumn} is missing`, ...absent];
}

function hasColumn(row: unknown, column: string): boolean {
  return typeof row === 'object' && row !== null && Reflect.has(row, column);
}
