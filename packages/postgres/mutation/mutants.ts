import { type Guard, guardsOf } from './guards.ts';
import type { TriggerPart } from './triggers.ts';

/** A statement of the store, as the tests run it. */
export interface Statement {
  /** The place in the code that runs it. */
  readonly site: string;
  readonly sql: string;
  /** Positions of the tests of the shared suite that run it. */
  readonly tests: ReadonlySet<number>;
  /** The package's own files of tests that run it. */
  readonly files: ReadonlySet<string>;
}

/**
 * A guard taken out of everything that contains its bracket or CASE word by word: what several statements have in
 * common is written once in the source, too.
 */
export interface Mutant {
  /** What contains it: places in the code, or triggers. */
  readonly statements: readonly string[];
  readonly isTrigger: boolean;
  readonly tests: ReadonlySet<number>;
  readonly files: ReadonlySet<string>;
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

type Source = Pick<Mutant, 'isTrigger' | 'tests' | 'files'> & { readonly name: string; readonly sql: string };

function add(mutants: Map<string, Mutant>, source: Source, { start, end, instead, scope }: Guard): void {
  const { sql, name, isTrigger, tests, files } = source;
  const text = sql.slice(scope.start, scope.end);
  const weakened = sql.slice(scope.start, start) + instead + sql.slice(end, scope.end);
  const key = `${isTrigger} ${text}→${weakened}`;
  const known = mutants.get(key);
  const before = inOneLine(sql.slice(Math.max(0, start - shownBefore), start));
  const removed = inOneLine(sql.slice(start, end));
  const after = inOneLine(sql.slice(end, end + shownAfter));
  mutants.set(key, {
    statements: [...new Set([...(known?.statements ?? []), name])],
    isTrigger,
    tests: new Set([...(known?.tests ?? []), ...tests]),
    files: new Set([...(known?.files ?? []), ...files]),
    scope: text,
    weakened,
    removed,
    instead,
    excerpt: `… ${before} [${removed} → ${instead || 'nothing'}] ${after} …`,
  });
}

export function mutantsOf(statements: readonly Statement[]): Mutant[] {
  const mutants = new Map<string, Mutant>();
  for (const { site, ...statement } of statements) {
    const source = { ...statement, name: site, isTrigger: false };
    for (const guard of guardsOf(statement.sql)) add(mutants, source, guard);
  }
  return [...mutants.values()];
}

/** Triggers are part of every test: `tests` and `files` are those that look at them. */
export function triggerMutantsOf(
  parts: readonly TriggerPart[],
  { tests, files }: Pick<Mutant, 'tests' | 'files'>,
): Mutant[] {
  const mutants = new Map<string, Mutant>();
  for (const { name, text, from, to } of parts) {
    // A condition stands alone as after a WHERE; the lines of a function are statements already.
    const begins = text.startsWith('\nWHEN') ? 'WHERE ' : '';
    for (const guard of guardsOf(begins + text.slice(from, to))) {
      const move = from - begins.length;
      const isWhole = guard.scope.start === 0;
      const scope = isWhole
        ? { start: 0, end: text.length }
        : { start: guard.scope.start + move, end: guard.scope.end + move };
      const moved = { ...guard, start: guard.start + move, end: guard.end + move, scope };
      add(mutants, { name, sql: text, isTrigger: true, tests, files }, moved);
    }
  }
  return [...mutants.values()];
}

export function weaken(sql: string, { scope, weakened }: Pick<Mutant, 'scope' | 'weakened'>): string {
  return sql.replaceAll(scope, () => weakened);
}
