/** What is wrong with a value, as the end of a sentence without the value; null if nothing. */
export type OptionCheck = (value: unknown) => string | null;

/**
 * Checks the options of a factory.
 *
 * @throws TypeError that lists every problem; unknown options are problems
 */
export function checkOptions(
  factory: string,
  options: object,
  checks: Readonly<Record<string, OptionCheck>>,
): void {
  const problems = Object.entries(options).flatMap(([name, value]) => {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (check === undefined) return [`${name} is not an option`];
    const problem = value === undefined ? null : check(value);
    return problem === null ? [] : [`${name} ${problem}`];
  });
  if (problems.length > 0) throw new TypeError(`${factory}: ${problems.join('; ')}`);
}
