import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Mutant } from './mutants.ts';

const file = new URL('killers.json', import.meta.url);

/** The text of a guard and of what stands instead, as a short mark. */
const markOf = ({ isTrigger, scope, weakened }: Mutant) =>
  createHash('sha256').update(`${isTrigger} ${scope}→${weakened}`).digest('hex').slice(0, 12);

const ownTests = 'own tests';

/**
 * Which test missed each guard last: it is asked first. Nothing rests on it, another test may come to miss the guard;
 * but of guards whose text is the same, the short run does not ask the package's own tests again, which take long.
 */
export function openKnownKillers() {
  const read: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'));
  const known = new Map(Object.entries(read));
  return {
    testOf: (mutant: Mutant): string | undefined => known.get(markOf(mutant)),
    isMissedByOwnTests: (mutant: Mutant): boolean => known.get(markOf(mutant)) === ownTests,
    note(mutant: Mutant, test: string | null): void {
      known.set(markOf(mutant), test ?? ownTests);
    },
    /** Keeps what is known of these guards, and of no others. */
    save(mutants: readonly Mutant[]): void {
      const kept = mutants.map(markOf).filter((mark) => known.has(mark));
      const entries = kept.sort().map((mark) => [mark, known.get(mark)]);
      writeFileSync(file, `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`);
    },
  };
}
