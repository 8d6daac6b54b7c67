import { isRecord } from '../answer/read-value.ts';
import { longestDelayMs } from '../resilience/clock.ts';
import { isFreeHeader, printable } from './header-rules.ts';

/** What is wrong with the value of an option, a line for each problem. They name options, never their values. */
export type Rule = (value: unknown, path: string) => readonly string[];

/* @__NO_SIDE_EFFECTS__ */
export function expecting(expected: string, isUsable: (value: unknown) => boolean): Rule {
  return (value, path) => (isUsable(value) ? [] : [`${path}: expected ${expected}`]);
}

export const isFunction = (value: unknown): boolean => typeof value === 'function';

export function hasMethods(value: unknown, ...names: readonly string[]): boolean {
  return (
    typeof value === 'object' && value !== null && names.every((name) => isFunction(Reflect.get(value, name)))
  );
}

export const aFunction = expecting('a function', isFunction);
export const aBoolean = expecting('a boolean', (value) => typeof value === 'boolean');
export const oneOf = (values: readonly string[]) =>
  expecting(values.join(' or '), (value) => typeof value === 'string' && values.includes(value));

export function wholeNumber(minimum: number, maximum: number = longestDelayMs): Rule {
  return expecting(
    `a whole number from ${minimum} to ${maximum}`,
    (value) => Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum,
  );
}

/* @__NO_SIDE_EFFECTS__ */
export function aText(expected: string, pattern: RegExp): Rule {
  return expecting(expected, (value) => typeof value === 'string' && pattern.test(value));
}

/** An object of these members, each of which may be left out. */
export function members(rules: Readonly<Record<string, Rule>>): Rule {
  return (value, path) => {
    const at = path === '' ? '' : `${path}.`;
    if (!isRecord(value)) return [`${path === '' ? 'options' : path}: expected an object`];
    const unknown = Object.keys(value).filter((name) => !Object.hasOwn(rules, name));
    return [
      ...Object.entries(rules).flatMap(([name, rule]) =>
        value[name] === undefined ? [] : rule(value[name], `${at}${name}`),
      ),
      ...unknown.map((name) => `${at}${name}: unknown option`),
    ];
  };
}

/** An object of any names. */
/* @__NO_SIDE_EFFECTS__ */
export function entries(name: Rule, value: Rule): Rule {
  return (given, path) =>
    isRecord(given)
      ? Object.entries(given).flatMap(([key, one]) => [
          ...name(key, `${path}.${key}`),
          ...value(one, `${path}.${key}`),
        ])
      : [`${path}: expected an object`];
}

export const headerRule = entries(
  expecting(
    'another name: the client sets this one itself, or no header can have it',
    (name) => typeof name === 'string' && isFreeHeader(name),
  ),
  aText('printable ASCII', printable),
);
