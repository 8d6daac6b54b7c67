import { err, ok, type Result } from 'neverthrow';
import type { Failure } from '../errors/failure.ts';
import type { FieldChanges, FieldValue, NewContact } from './contact-gateway.ts';

const refuse = (reason: string, missingFields: readonly string[] = []): Result<never, Failure> =>
  err({ kind: 'invalid_request', reason, missingFields });

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A phone is digits and nothing else, so that it can change no path and name no other contact. */
export function checkPhone(phone: string): Result<string, Failure> {
  return typeof phone === 'string' && /^[0-9]{1,20}$/.test(phone)
    ? ok(phone)
    : refuse('the phone must be 1 to 20 digits');
}

/** Callers without types leave out what is empty; what cannot be read is refused and never thrown at. */
export function checkNewContact(contact: NewContact): Result<NewContact, Failure> {
  if (!isRecord(contact)) return refuse('the contact must be an object');
  const { phone, name, email, fields } = contact;
  return checkPhone(phone)
    .andThen(() => checkTexts({ name, email }))
    .andThen((texts) => checkValues(fields).map((values) => ({ phone, ...texts, fields: values })));
}

export function checkChanges(changes: FieldChanges): Result<FieldChanges, Failure> {
  if (!isRecord(changes)) return refuse('there is nothing to write');
  return checkNames(changes.clear).andThen((clear) =>
    checkValues(changes.set).andThen((set) => {
      if (Object.keys(set).length + clear.length === 0) return refuse('there is nothing to write');
      const both = clear.filter((name) => Object.hasOwn(set, name));
      if (both.length > 0) return refuse('a field is both set and cleared', both);
      return ok({ set, clear });
    }),
  );
}

export function checkNames(names: readonly string[] | null | undefined): Result<readonly string[], Failure> {
  const list: unknown = names ?? [];
  return Array.isArray(list) && list.every((name) => typeof name === 'string')
    ? ok(list)
    : refuse('names of fields must be a list of texts');
}

/** JSON would turn NaN and infinities into null, which clears a field. */
function checkValues(
  fields: Readonly<Record<string, FieldValue>> | null | undefined,
): Result<Readonly<Record<string, FieldValue>>, Failure> {
  const values = fields ?? {};
  if (!isRecord(values)) return refuse('fields must be an object of names and values');
  const unusable = Object.keys(values).filter((name) => !isFieldValue(values[name]));
  return unusable.length === 0
    ? ok(values)
    : refuse('a field value must be a string, a finite number or a boolean', unusable);
}

function isFieldValue(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

function checkTexts(texts: {
  readonly name: string | null | undefined;
  readonly email: string | null | undefined;
}): Result<{ readonly name?: string; readonly email?: string }, Failure> {
  const given = Object.entries(texts).filter(([, text]) => text !== undefined && text !== null);
  return given.every(([, text]) => typeof text === 'string')
    ? ok(Object.fromEntries(given))
    : refuse('name and email must be texts');
}
