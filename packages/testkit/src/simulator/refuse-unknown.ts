import { isObject } from '@visanet/cbb-sync';

/** Throws a TypeError that lists the options nobody reads: a misspelt one must not pass for a set one. */
export function refuseUnknown(
  options: object | null | undefined,
  known: readonly string[],
  subject: string,
): void {
  if (!isObject(options)) throw new TypeError(`[cbb-testkit] ${subject}: must be an object`);
  const unknown = Object.keys(options).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new TypeError(`[cbb-testkit] ${subject}: unknown ${unknown.join(', ')}`);
}

/** Throws a TypeError where what is given is no simulator, as where a caller without types forgot it. */
export function needSimulator(given: unknown): void {
  if (isObject(given) && 'exchange' in given && 'settings' in given) return;
  throw new TypeError('[cbb-testkit] simulator: must be one that createSimulator made');
}
