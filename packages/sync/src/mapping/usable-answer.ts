import { columnValue } from './column-value.ts';
import type { Eligibility } from './mapping.ts';

/** A function of the host's mapping gave what no row of a table holds: it is mistaken, and nothing is concluded from it. */
export class UnusableAnswer extends Error {
  /** What it gave, without any value. */
  readonly given: string;

  constructor(given: string) {
    super(`gave ${given}`);
    this.name = 'UnusableAnswer';
    this.given = given;
  }
}

/** Far more than any field takes. Longer ones are not looked at: that alone could exhaust the memory. */
const longestText = 1_000_000;

/** A promise that nobody waits for must not end the process when it rejects. */
export function isPromise(given: unknown): given is PromiseLike<unknown> {
  if (typeof columnValue(given, 'then') !== 'function') return false;
  Promise.resolve(given).catch(() => undefined);
  return true;
}

/** What a function gave that can be no value, in words; null: it may be one. */
export function unusableAs(given: unknown): string | null {
  switch (typeof given) {
    case 'number':
      return Number.isFinite(given) ? null : String(given);
    case 'function':
      return 'a function';
    case 'string':
      return given.length > longestText ? `a text of more than ${longestText} characters` : null;
    case 'object':
      if (given instanceof Date) return Number.isNaN(given.getTime()) ? 'an invalid Date' : null;
      return isPromise(given) ? 'a Promise' : null;
    default:
      return null;
  }
}

/** @throws UnusableAnswer */
export function usable<T>(given: T): T {
  const what = unusableAs(given);
  if (what !== null) throw new UnusableAnswer(what);
  return given;
}

/**
 * Functions of hosts without types answer anything, and `undefined` is no "no".
 *
 * @throws UnusableAnswer
 */
export function usableEligibility(given: Eligibility): Eligibility {
  const { eligible, reason }: { eligible?: unknown; reason?: unknown } = usable(given) ?? {};
  if (eligible === true) return { eligible };
  if (eligible !== false) throw new UnusableAnswer('neither true nor false as eligible');
  if (typeof reason !== 'string' || reason === '') throw new UnusableAnswer('no reason');
  return { eligible, reason };
}
