import { err, ok, type Result } from 'neverthrow';
import type { Contact, FieldValue } from '../contacts/contact-gateway.ts';
import type { Failure } from '../errors/failure.ts';

/** The answer must show what was sent; a success that shows less is not one. */
export function acknowledge(
  sent: Readonly<Record<string, FieldValue | null>>,
  contact: Contact,
  status: number,
): Result<Contact, Failure> {
  const missingFields = Object.entries(sent)
    .filter(([name, value]) => !shows(contact.fields, name, value))
    .map(([name]) => name);
  return missingFields.length === 0 ? ok(contact) : err({ kind: 'partial_write', missingFields, status });
}

/** Lenient about types, since a service may keep numbers as text; absent, null and empty are the same. */
function shows(fields: Contact['fields'], name: string, value: FieldValue | null): boolean {
  const shown = Object.hasOwn(fields, name) ? fields[name] : null;
  return String(shown ?? '') === String(value ?? '');
}
