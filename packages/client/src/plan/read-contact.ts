import { err, ok, type Result } from 'neverthrow';
import type { HttpAnswer } from '../answer/http-answer.ts';
import { isRecord, readText, readTextOrNumber } from '../answer/read-value.ts';
import type { Contact, FieldValue, WhatsAppAnswer } from '../contacts/contact-gateway.ts';
import { isoDate } from '../contacts/iso-date.ts';
import type { Failure } from '../errors/failure.ts';

/** A contact as the service answered it. Its phone is empty where only a ghost stands behind the id. */
export interface ReadContact extends Contact {
  readonly ghost: boolean;
}

/** Tolerant: of a contact only its id must be there. */
export function readContact(phone: string, answer: HttpAnswer): Result<ReadContact, Failure> {
  const { json, status } = answer;
  const id = isRecord(json) ? readTextOrNumber(json.id) : null;
  const told = isRecord(json) ? readTextOrNumber(json.phone ?? '') : null;
  if (!isRecord(json) || id === null || told === null) return err({ kind: 'unexpected_body', status });
  if (id !== phone || (told !== '' && told !== phone)) {
    const reason = 'the answer is of another contact';
    return err({ kind: 'unexpected_body', status, reason, retryable: false });
  }
  const fields = isRecord(json.customFields) ? json.customFields : {};
  return ok({
    id,
    name: readText(json.name),
    email: readText(json.email),
    whatsApp: toAnswer(json.hasWhatsApp),
    fields: Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, toValue(value)])),
    createdAt: isoDate(readText(json.createdAt)),
    updatedAt: isoDate(readText(json.updatedAt)),
    ghost: json.phone === '' || json.phone === null,
  });
}

export function readWhatsAppCheck({ json, status }: HttpAnswer): Result<WhatsAppAnswer, Failure> {
  return isRecord(json) ? ok(toAnswer(json.hasWhatsApp)) : err({ kind: 'unexpected_body', status });
}

function toAnswer(value: unknown): WhatsAppAnswer {
  if (value === true) return 'yes';
  return value === false ? 'no' : 'unknown';
}

function toValue(value: unknown): FieldValue | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
