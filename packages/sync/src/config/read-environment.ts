import { readEmail } from '../mapping/read-text.ts';
import type { EnvironmentName } from './environment-names.ts';

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly unit?: string;
}

/** Reads settings one by one; each is null where it is unset or wrong, and what is wrong is collected. */
export interface EnvironmentReader {
  text(name: EnvironmentName): string | null;
  secret(name: EnvironmentName, minLength: number): string | null;
  /** A text that can stand in an HTTP header. */
  header(name: EnvironmentName): string | null;
  boolean(name: EnvironmentName): boolean | null;
  integer(name: EnvironmentName, bounds: Bounds): number | null;
  share(name: EnvironmentName): number | null;
  choice<C extends string>(name: EnvironmentName, choices: readonly C[]): C | null;
  email(name: EnvironmentName): string | null;
  url(name: EnvironmentName, schemes: readonly string[]): string | null;
  /** All problems, with those of settings of ours that nobody read and of required ones that are unset. */
  problems(required: readonly string[]): readonly string[];
}

export function readEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): EnvironmentReader {
  const known = new Set<string>();
  const found: string[] = [];

  function text(name: string): string | null {
    known.add(name);
    const value = environment[name]?.trim() ?? '';
    return value === '' ? null : value;
  }

  /** Never tells the value: any of them may be a secret in the wrong place. */
  function convert<T>(name: string, read: (value: string) => T | null, rule: string): T | null {
    const value = text(name);
    if (value === null) return null;
    const converted = read(value);
    if (converted === null) found.push(`${name} must be ${rule}`);
    return converted;
  }

  return {
    text,
    secret: (name, minLength) =>
      convert(
        name,
        (value) => (value.length >= minLength ? value : null),
        `a text of at least ${minLength} characters`,
      ),
    header: (name) =>
      convert(name, (value) => (/^[\x21-\x7E]+$/.test(value) ? value : null), 'one word of ASCII characters'),
    boolean: (name) => convert(name, readFlag, 'true or false'),
    integer: (name, { min, max, unit }) =>
      convert(
        name,
        (value) => numberWithin(/^\d{1,15}$/, value, min, max),
        `a whole number${unit === undefined ? '' : ` of ${unit}`} from ${min} to ${max}`,
      ),
    share: (name) =>
      convert(name, (value) => numberWithin(/^\d(?:\.\d{1,10})?$/, value, 0, 1), 'a number from 0 to 1'),
    choice: (name, choices) =>
      convert(
        name,
        (value) => choices.find((choice) => choice === value) ?? null,
        `one of ${choices.join(', ')}`,
      ),
    email: (name) => convert(name, readAddress, 'an e-mail address'),
    url: (name, schemes) =>
      convert(
        name,
        (value) => (hasScheme(value, schemes) ? value : null),
        `a URL that begins with ${schemes.join(':// or ')}://`,
      ),
    problems: (required) => [...found, ...unset(required), ...unknown()],
  };

  function unset(required: readonly string[]): readonly string[] {
    return required.filter((name) => text(name) === null).map((name) => `${name} must be set`);
  }

  function unknown(): readonly string[] {
    return Object.keys(environment)
      .filter((name) => name.startsWith('CBB_') && !known.has(name))
      .map((name) => `${name} is not a known setting`);
  }
}

function readFlag(value: string): boolean | null {
  if (value === 'true') return true;
  return value === 'false' ? false : null;
}

function numberWithin(shape: RegExp, value: string, min: number, max: number): number | null {
  const number = shape.test(value) ? Number(value) : Number.NaN;
  return number >= min && number <= max ? number : null;
}

function readAddress(value: string): string | null {
  const email = readEmail(value, { maxTextLength: 254, sentinels: new Set() });
  return email.kind === 'value' ? email.value : null;
}

function hasScheme(value: string, schemes: readonly string[]): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, host } = new URL(value);
  return host !== '' && schemes.some((scheme) => protocol === `${scheme}:`);
}
