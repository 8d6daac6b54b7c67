import { err, ok, type Result } from 'neverthrow';
import type { Contact, FieldValue } from '../contacts/contact-gateway.ts';
import type { Refusals } from '../contacts/refusals.ts';
import { isSameValue } from '../contacts/same-value.ts';
import type { Failure } from '../errors/failure.ts';

/** The answer must show what was sent; a success that shows less is not one. */
export function acknowledge(
  sent: Readonly<Record<string, FieldValue | null>>,
  contact: Contact,
  status: number,
  refusals: Refusals,
): Result<Contact, Failure> {
  const missingFields = Object.entries(sent)
    .filter(([name, value]) => !shows(contact.fields, name, value))
    .map(([name]) => name);
  if (missingFields.length > 0) {
    const retryable = !refusals.repeats(contact.id, missingFields);
    return err({ kind: 'partial_write', missingFields, status, retryable });
  }
  refusals.forget(contact.id);
  return ok(contact);
}

/** Lenient about types, since a service may keep numbers as text; absent, null and empty are the same. */
function shows(fields: Contact['fields'], name: string, value: FieldValue | null): boolean {
  return isSameValue(value, Object.hasOwn(fields, name) ? fields[name] : null);
}
