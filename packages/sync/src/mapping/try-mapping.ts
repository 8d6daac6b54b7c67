import { err, ok, type Result } from 'neverthrow';

/** A function of the host's mapping threw. Its message may hold anything, so none of it is kept. */
export interface MappingFailure {
  /** The field, or `phone` or `eligible`. */
  readonly part: string;
  /** Class of what was thrown, e.g. `TypeError`. */
  readonly error: string;
}

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
    return err(thrown instanceof MappingPartFailed ? thrown.failure : { part, error: classOf(thrown) });
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

function classOf(thrown: unknown): string {
  if (thrown instanceof UndeclaredColumn) return `UndeclaredColumn ${thrown.column}`;
  const name: unknown =
    typeof thrown === 'object' && thrown !== null ? thrown.constructor?.name : typeof thrown;
  return typeof name === 'string' && identifier.test(name) ? name : 'Error';
}
