/** Says what is wrong with a value, or nothing. */
export type Rule = (value: unknown) => string | undefined;

export const wholeNumber =
  (max: number): Rule =>
  (value) =>
    Number.isInteger(value) && Number(value) >= 1 && Number(value) <= max
      ? undefined
      : `must be a whole number from 1 to ${max}`;

/** Names go into statements as they are. */
export const tableName: Rule = (value) =>
  typeof value === 'string' && /^[a-z_][a-z0-9_]{0,62}$/.test(value)
    ? undefined
    : 'must be letters in lower case, digits and underscores';

export const optional =
  (rule: Rule): Rule =>
  (value) =>
    value === undefined ? undefined : rule(value);

/** All that is wrong with options; unknown names are problems, values are never repeated. */
export function problemsOf(
  options: object | null | undefined,
  rules: Readonly<Record<string, Rule>>,
): readonly string[] {
  const given = new Map<string, unknown>(Object.entries(options ?? {}));
  const wrong = Object.entries(rules).flatMap(([name, rule]) => {
    const problem = rule(given.get(name));
    return problem === undefined ? [] : [`${name}: ${problem}`];
  });
  if (options === null && wrong.length === 0) return ['options: must be an object'];
  const unknown = [...given.keys()].filter((name) => !Object.hasOwn(rules, name));
  return [...unknown.map((name) => `${name}: unknown option`), ...wrong];
}

/** Throws one `TypeError` with the problems, where there are any. */
export function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new TypeError(`[cbb-rate-limit] invalid options: ${problems.join('; ')}`);
}
