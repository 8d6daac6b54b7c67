/** Throws a TypeError that lists the options nobody reads: a misspelt one must not pass for a set one. */
export function refuseUnknown(options: object, known: readonly string[], subject: string): void {
  const unknown = Object.keys(options).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new TypeError(`[cbb-testkit] ${subject}: unknown ${unknown.join(', ')}`);
}
