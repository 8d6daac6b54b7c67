import { isObject } from './is-object.ts';

/** Says what is wrong with a value, or nothing. */
export type OptionRule = (value: unknown) => string | undefined;

export type OptionRules = Readonly<Record<string, OptionRule>>;

/** Throws one `TypeError` that lists every problem of a factory's options; unknown names are problems too. */
export function checkOptions(factory: string, options: object | null | undefined, rules: OptionRules): void {
  // A host without types may forget them all: each that is needed is named then, too.
  const given = options ?? {};
  const unknown = Object.keys(given)
    .filter((name) => !(name in rules))
    .map((name) => `${name}: unknown option`);
  const values = new Map(Object.entries(given));
  const wrong = Object.entries(rules).flatMap(([name, check]) => {
    const problem = check(values.get(name));
    return problem === undefined ? [] : [`${name}: ${problem}`];
  });
  // Where nothing is needed, what is there may still be none: only leaving them out stands for the defaults.
  const none = options === undefined || isObject(options) ? [] : ['options: must be an object'];
  const problems = wrong.length > 0 ? [...unknown, ...wrong] : [...none, ...unknown];
  if (problems.length > 0) throw new TypeError(`${factory}: ${problems.join('; ')}`);
}

/** A rule with the words of its problem, e.g. `must be a function`. */
export function rule(problem: string, accepts: (value: unknown) => boolean): OptionRule {
  return (value) => (accepts(value) ? undefined : problem);
}

export function optional(inner: OptionRule): OptionRule {
  return (value) => (value === undefined ? undefined : inner(value));
}

export function wholeNumber(min: number, max: number = Number.MAX_SAFE_INTEGER): OptionRule {
  const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
  return rule(
    `must be a whole number ${range}`,
    (value) => Number.isInteger(value) && Number(value) >= min && Number(value) <= max,
  );
}

export const isFunction: OptionRule = rule('must be a function', (value) => typeof value === 'function');

export const nonEmptyText: OptionRule = rule(
  'must be a non-empty string',
  (value) => typeof value === 'string' && value.length > 0,
);

/** The object has these methods; which class made it does not matter. */
export function hasMethods(...names: readonly string[]): OptionRule {
  return rule(`must have the methods ${names.join(', ')}`, (value) => hasFunctions(value, names));
}

/** The object, e.g. a module, holds these classes. */
export function hasClasses(...names: readonly string[]): OptionRule {
  return rule(`must hold the classes ${names.join(', ')}`, (value) => hasFunctions(value, names));
}

function hasFunctions(value: unknown, names: readonly string[]): boolean {
  return isObject(value) && names.every((name) => typeof Reflect.get(value, name) === 'function');
}

/** The object holds just these whole numbers of at least 1. */
export function hasCounts(...names: readonly string[]): OptionRule {
  const isCount = wholeNumber(1);
  return rule(
    `must be { ${names.join(', ')} }, whole numbers of at least 1`,
    (value) =>
      isObject(value) &&
      Object.keys(value).length === names.length &&
      names.every((name) => isCount(Reflect.get(value, name)) === undefined),
  );
}
