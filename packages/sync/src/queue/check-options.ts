/** Says what is wrong with a value, or nothing. */
export type OptionRule = (value: unknown) => string | undefined;

/** Throws one `TypeError` that lists every problem of a factory's options; unknown names are problems too. */
export function checkOptions(
  factory: string,
  options: object,
  rules: Readonly<Record<string, OptionRule>>,
): void {
  const unknown = Object.keys(options)
    .filter((name) => !(name in rules))
    .map((name) => `${name}: unknown option`);
  const values = new Map(Object.entries(options));
  const wrong = Object.entries(rules).flatMap(([name, rule]) => {
    const problem = rule(values.get(name));
    return problem === undefined ? [] : [`${name}: ${problem}`];
  });
  const problems = [...unknown, ...wrong];
  if (problems.length > 0) throw new TypeError(`${factory}: ${problems.join('; ')}`);
}

export function optional(rule: OptionRule): OptionRule {
  return (value) => (value === undefined ? undefined : rule(value));
}

export function wholeNumber(min: number, max: number = Number.MAX_SAFE_INTEGER): OptionRule {
  const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
  return (value) =>
    Number.isInteger(value) && Number(value) >= min && Number(value) <= max
      ? undefined
      : `must be a whole number ${range}`;
}

export const isFunction: OptionRule = (value) =>
  typeof value === 'function' ? undefined : 'must be a function';

export const nonEmptyText: OptionRule = (value) =>
  typeof value === 'string' && value.length > 0 ? undefined : 'must be a non-empty string';

/** The object has these methods; which class made it does not matter. */
export function hasMethods(...methods: readonly string[]): OptionRule {
  return (value) => {
    const missing = methods.filter(
      (name) => typeof value !== 'object' || value === null || typeof Reflect.get(value, name) !== 'function',
    );
    return missing.length === 0 ? undefined : `must have the methods ${methods.join(', ')}`;
  };
}

/** Rules of the options that every `startWorker` takes. */
export const workerOptionRules: Readonly<Record<string, OptionRule>> = {
  concurrency: optional(wholeNumber(1, 1_000)),
  sweepIntervalMs: optional(wholeNumber(0)),
};

export const stopOptionRules: Readonly<Record<string, OptionRule>> = { graceMs: optional(wholeNumber(0)) };
