import { passes } from './find-survivors.ts';
import type { Statement } from './mutants.ts';
import type { OwnStatement } from './own-tests.ts';
import type { Suite } from './suite.ts';

const longestMs = 60_000;

export interface Baseline {
  readonly statements: readonly Pick<Statement, 'site' | 'sql' | 'tests'>[];
  /** Of each test of the shared suite. */
  readonly usualMs: readonly number[];
}

/** Runs every test of the shared suite once, with the statements as they are. Throws where one fails. */
export async function readBaseline(suite: Suite): Promise<Baseline> {
  const found = new Map<string, { site: string; sql: string; tests: Set<number> }>();
  const usualMs: number[] = [];
  for (const [position, { name }] of suite.tests.entries()) {
    suite.onStatement = (sql, site) => {
      const known = found.get(sql) ?? { site, sql, tests: new Set<number>() };
      known.tests.add(position);
      found.set(sql, known);
      return sql;
    };
    const startedAt = performance.now();
    if (!(await passes(suite, position, longestMs))) throw new Error(`Fails without any change: ${name}`);
    usualMs.push(performance.now() - startedAt);
  }
  return { statements: [...found.values()], usualMs };
}

/** Tables with other types of ids have the same guards. */
const anyType = (sql: string) => sql.replace(/::(?:uuid|bigint|integer|text)\b/g, '');

/** The statements of both, each with all that runs it. */
export function joinStatements({ statements }: Baseline, own: readonly OwnStatement[]): Statement[] {
  const joined = new Map<
    string,
    { site: string; sql: string; tests: ReadonlySet<number>; files: Set<string> }
  >();
  for (const { site, sql, tests } of statements)
    joined.set(anyType(sql), { site, sql, tests, files: new Set() });
  const shared = new Set(statements.map(({ site }) => site));
  // The shortest form is that of the table that most tests have, without casts of its ids.
  for (const { site, sql, file } of own.toSorted((a, b) => a.sql.length - b.sql.length)) {
    const known = joined.get(anyType(sql));
    if (known !== undefined) known.files.add(file);
    // What the shared suite runs it runs in all forms that there are.
    else if (!shared.has(site))
      joined.set(anyType(sql), { site, sql, tests: new Set(), files: new Set([file]) });
  }
  return [...joined.values()];
}
