import { type Mutant, type Statement, weaken } from './mutants.ts';
import type { Suite } from './suite.ts';

const longestMs = 60_000;
/** A weakened statement may make a test wait for what never comes. */
const patienceMs = (usualMs: number) => 1_500 + 4 * usualMs;

/** Whether the test passes in time. */
async function passes(suite: Suite, position: number, withinMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, withinMs, 'late');
  });
  const ended = Promise.resolve(suite.tests[position]?.run()).then(
    () => 'passed' as const,
    () => 'failed' as const,
  );
  const verdict = await Promise.race([ended, tooLate]);
  clearTimeout(timer);
  if (verdict === 'late') await suite.reconnect();
  return verdict === 'passed';
}

export interface Baseline {
  readonly statements: readonly Statement[];
  /** Of each test. */
  readonly usualMs: readonly number[];
}

/** Runs every test once, with the statements as they are. Throws where one fails. */
export async function readBaseline(suite: Suite): Promise<Baseline> {
  const found = new Map<string, { name: string; sql: string; tests: Set<number> }>();
  const perMethod = new Map<string, number>();
  const usualMs: number[] = [];
  for (const [position, { name }] of suite.tests.entries()) {
    suite.onStatement = (sql, method) => {
      const known = found.get(sql);
      if (known !== undefined) known.tests.add(position);
      else {
        const number = (perMethod.get(method) ?? 0) + 1;
        perMethod.set(method, number);
        found.set(sql, {
          name: number === 1 ? method : `${method} ${number}`,
          sql,
          tests: new Set([position]),
        });
      }
      return sql;
    };
    const startedAt = performance.now();
    if (!(await passes(suite, position, longestMs))) throw new Error(`Fails without any change: ${name}`);
    usualMs.push(performance.now() - startedAt);
  }
  const statements = [...found.values()].map(({ tests, ...rest }) => ({ ...rest, tests: [...tests] }));
  return { statements, usualMs };
}

/** The first test that misses the guard, the quickest tried first; null: none does. */
export async function killerOf(suite: Suite, { usualMs }: Baseline, mutant: Mutant): Promise<string | null> {
  suite.onStatement = (sql) => weaken(sql, mutant);
  const usual = (position: number) => usualMs[position] ?? 0;
  for (const position of [...mutant.tests].sort((left, right) => usual(left) - usual(right))) {
    if (!(await passes(suite, position, patienceMs(usual(position))))) {
      return suite.tests[position]?.name ?? '';
    }
  }
  return null;
}
