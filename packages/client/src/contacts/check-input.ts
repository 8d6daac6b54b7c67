import { err, ok, type Result } from 'neverthrow';
import type { Failure } from '../errors/failure.ts';
import type { FieldChanges, FieldValue } from './contact-gateway.ts';

const refuse = (reason: string): Result<never, Failure> => err({ kind: 'invalid_request', reason });

/** A phone is digits and nothing else, so that it can change no path and name no other contact. */
export function checkPhone(phone: string): Result<string, Failure> {
  return typeof phone === 'string' && /^[0-9]{1,20}$/.test(phone)
    ? ok(phone)
    : refuse('the phone must be 1 to 20 digits');
}

/** JSON would turn NaN and infinities into null, which clears a field. */
export function checkValues(fields: Readonly<Record<string, FieldValue>>): Result<void, Failure> {
  const unusable = Object.values(fields).some((value) => !isFieldValue(value));
  return unusable ? refuse('a field value must be a string, a finite number or a boolean') : ok();
}

function isFieldValue(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

export function checkChanges({ set, clear }: FieldChanges): Result<void, Failure> {
  if (Object.keys(set).length + clear.length === 0) return refuse('there is nothing to write');
  if (clear.some((name) => Object.hasOwn(set, name))) return refuse('a field is both set and cleared');
  return checkValues(set);
}
