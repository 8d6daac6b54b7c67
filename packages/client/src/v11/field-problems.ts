import type { CbbError } from '../errors/cbb-error.ts';
import { createError } from '../errors/create-error.ts';
import { operations } from './operations.ts';

const refused = (missingFields: readonly string[], reason: string): CbbError =>
  createError({ kind: 'invalid_request', reason, missingFields }, operations.listCustomFields, 'none');

export function unknownFields(names: readonly string[]): CbbError {
  return refused(
    names,
    `the account has no custom field named ${names.join(', ')}: create it, or correct the mapping`,
  );
}

/** With their ids, by which a person finds the surplus one. */
export function ambiguousFields(
  names: readonly string[],
  ids: ReadonlyMap<string, readonly string[]>,
): CbbError {
  const told = names.map((name) => `${name} (ids ${(ids.get(name) ?? []).join(', ')})`);
  return refused(
    names,
    `the account has several custom fields of one name: ${told.join('; ')}; keep one of each, delete or rename the others`,
  );
}
