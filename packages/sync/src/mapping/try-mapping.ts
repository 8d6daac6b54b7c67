import { err, ok, type Result } from 'neverthrow';
import type { MappingFailure } from './mapping.ts';
import { UnusableAnswer } from './usable-answer.ts';

/** Thrown on the way out of a mapping, so that its caller learns which part of it failed. */
export class MappingPartFailed extends Error {
  readonly failure: MappingFailure;

  constructor(failure: MappingFailure) {
    super(`${failure.part} (${failure.error})`);
    this.failure = failure;
  }
}

/** A field of the mapping read a column that it does not declare: a change of that column would not be seen. */
export class UndeclaredColumn extends Error {
  readonly column: string;

  constructor(column: string) {
    super(`the column ${column} is read but not declared in "from"`);
    this.name = 'UndeclaredColumn';
    this.column = column;
  }
}

/** Runs a function of the host's mapping: the one place where what it throws becomes a value. */
export function tryMapping<T>(part: string, run: () => T): Result<T, MappingFailure> {
  try {
    return ok(run());
  } catch (thrown) {
    return err(failureOf(part, thrown));
  }
}

/** As `tryMapping`, within a mapping: names the part to whoever called the mapping. */
export function inPart<T>(part: string, run: () => T): T {
  return tryMapping(part, run).match(
    (value) => value,
    (failure) => {
      throw new MappingPartFailed(failure);
    },
  );
}

const identifier = /^[A-Za-z_$][\w$]{0,63}$/;

function failureOf(part: string, thrown: unknown): MappingFailure {
  try {
    return thrown instanceof MappingPartFailed ? thrown.failure : { part, error: classOf(thrown) };
  } catch {
    // Even to ask what it is can throw.
    return { part, error: 'Error' };
  }
}

function classOf(thrown: unknown): string {
  if (thrown instanceof UndeclaredColumn) return `UndeclaredColumn ${thrown.column}`;
  if (thrown instanceof UnusableAnswer) return thrown.message;
  const name: unknown =
    typeof thrown === 'object' && thrown !== null ? thrown.constructor?.name : typeof thrown;
  return typeof name === 'string' && identifier.test(name) ? name : 'Error';
}
