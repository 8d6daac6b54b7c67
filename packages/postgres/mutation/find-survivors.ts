import { type Mutant, weaken } from './mutants.ts';
import type { Suite, SuiteTest } from './suite.ts';

/** A weakened statement may make a test wait for what never comes. */
const patienceMs = (usualMs: number) => 1_500 + 4 * usualMs;

/** Whether the test passes in time. */
export async function passes(suite: Suite, position: number, withinMs: number): Promise<boolean> {
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

/**
 * The tests of the shared suite, in the order that finds what misses a guard soonest: the one that is known to, those
 * that missed other guards of the same statements, and the quick ones, come first.
 */
export function createKillers(tests: readonly SuiteTest[], usualMs: readonly number[]) {
  const missed = new Map<string, { tried: number; missed: number }>();
  const countsOf = (statement: string, position: number) => {
    const key = `${statement} ${position}`;
    const counts = missed.get(key) ?? { tried: 0, missed: 0 };
    missed.set(key, counts);
    return counts;
  };

  function costOf(mutant: Mutant, position: number, knownTest: string | undefined): number {
    if (tests[position]?.name === knownTest) return 0;
    const chances = mutant.statements.map((statement) => {
      const counts = countsOf(statement, position);
      return (counts.missed + 0.2) / (counts.tried + 2);
    });
    return (usualMs[position] ?? 0) / Math.max(...chances);
  }

  async function firstToMiss(suite: Suite, mutant: Mutant, knownTest?: string): Promise<string | null> {
    const costs = new Map(
      [...mutant.tests].map((position) => [position, costOf(mutant, position, knownTest)]),
    );
    const order = [...mutant.tests].sort((a, b) => (costs.get(a) ?? 0) - (costs.get(b) ?? 0));
    for (const position of order) {
      const isMissed = !(await passes(suite, position, patienceMs(usualMs[position] ?? 0)));
      for (const statement of mutant.statements) {
        const counts = countsOf(statement, position);
        counts.tried += 1;
        if (isMissed) counts.missed += 1;
      }
      if (isMissed) return suite.tests[position]?.name ?? '';
    }
    return null;
  }

  return {
    /** The first test that misses the guard; null: none does. */
    async killerOf(suite: Suite, mutant: Mutant, knownTest?: string): Promise<string | null> {
      const change = (sql: string) => weaken(sql, mutant);
      if (!mutant.isTrigger) {
        suite.onStatement = change;
        return firstToMiss(suite, mutant, knownTest);
      }
      suite.onStatement = (sql) => sql;
      const undo = await suite.changeTriggers(change);
      const killer = await firstToMiss(suite, mutant, knownTest);
      await undo();
      return killer;
    },
  };
}
