import type { Mutant } from './mutants.ts';

/** A guard that no test can miss, with the reason. */
export interface Equivalent {
  /** How one of the statements that contain it begins: a file of the code, or a trigger. */
  readonly statement: string;
  readonly removed: string;
  readonly instead: string;
  /** A part of its excerpt that tells it from alike guards. */
  readonly near?: string;
  readonly reason: string;
}

export const equivalents: readonly Equivalent[] = [];

export function isEquivalent(
  mutant: Mutant,
  { statement, removed, instead, near = '' }: Equivalent,
): boolean {
  return (
    mutant.statements.some((one) => one.startsWith(statement)) &&
    mutant.removed === removed &&
    mutant.instead === instead &&
    mutant.excerpt.includes(near)
  );
}
