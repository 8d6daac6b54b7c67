import { isObject } from '@visanet/cbb-sync';
import type { CliIo } from '../io.ts';

/** Shows what a driver itself says of an error: it may hold anything, so only a person may see it. */
export type DriverWords = (driver: string, error: unknown) => void;

/** The same words of one driver again and again, as while it tries to connect, are shown once. */
export function createDriverWords(io: CliIo): DriverWords {
  const last = new Map<string, string>();
  return (driver, error) => {
    const words = wordsOf(error);
    if (last.get(driver) === words) return;
    last.set(driver, words);
    io.stderr(`cbb: ${driver} says: ${words}\n`);
  };
}

/** Where a host has several addresses, the error of all of them has no words of its own. */
function wordsOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(wordsOf).join('; ');
  if (isObject(error) && 'message' in error) return String(error.message);
  return String(error);
}
