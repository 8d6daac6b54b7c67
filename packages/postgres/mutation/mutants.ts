import { guardsOf } from './guards.ts';

/** A statement of the store, as the suite's tests run it. */
export interface Statement {
  /** The method of the store, numbered where it has several. */
  readonly name: string;
  readonly sql: string;
  /** Positions of the tests that run it. */
  readonly tests: readonly number[];
}

/**
 * A guard taken out of everything that contains its bracket or CASE word by word: what several statements have in
 * common is written once in the source, too.
 */
export interface Mutant {
  /** Names of the statements that contain it. */
  readonly statements: readonly string[];
  readonly tests: ReadonlySet<number>;
  /** The bracket, CASE or statement as it is, and as it is without the guard. */
  readonly scope: string;
  readonly weakened: string;
  /** What is taken out, its blanks made one. */
  readonly removed: string;
  readonly instead: string;
  /** For a person: the guard with what stands around it. */
  readonly excerpt: string;
}

const inOneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
const shownBefore = 70;
const shownAfter = 40;

export function mutantsOf(statements: readonly Statement[]): Mutant[] {
  const mutants = new Map<string, Mutant>();
  for (const { name, sql, tests } of statements) {
    for (const { start, end, instead, scope } of guardsOf(sql)) {
      const text = sql.slice(scope.start, scope.end);
      const weakened = sql.slice(scope.start, start) + instead + sql.slice(end, scope.end);
      const known = mutants.get(`${text}→${weakened}`);
      const before = inOneLine(sql.slice(Math.max(0, start - shownBefore), start));
      const removed = inOneLine(sql.slice(start, end));
      const after = inOneLine(sql.slice(end, end + shownAfter));
      mutants.set(`${text}→${weakened}`, {
        statements: [...new Set([...(known?.statements ?? []), name])],
        tests: new Set([...(known?.tests ?? []), ...tests]),
        scope: text,
        weakened,
        removed,
        instead,
        excerpt: `… ${before} [${removed} → ${instead || 'nothing'}] ${after} …`,
      });
    }
  }
  return [...mutants.values()];
}

export function weaken(sql: string, { scope, weakened }: Pick<Mutant, 'scope' | 'weakened'>): string {
  return sql.replaceAll(scope, () => weakened);
}
