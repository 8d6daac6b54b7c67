import { err, ok, type Result } from 'neverthrow';
import * as z from 'zod';
import type { HttpAnswer } from '../answer/http-answer.ts';
import type { Contact, FieldValue, WhatsAppAnswer } from '../contacts/contact-gateway.ts';
import type { Failure } from '../errors/failure.ts';

const text = z.string().nullish().catch(null);
const hasWhatsApp = z.boolean().nullish().catch(null);

/** Tolerant: of a contact only its id must be there. */
const contactSchema = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  phone: z.union([z.string(), z.number().transform(String)]).nullish(),
  name: text,
  email: text,
  hasWhatsApp,
  customFields: z.record(z.string(), z.unknown()).nullish().catch(null),
});

const checkSchema = z.object({ hasWhatsApp });

/** A contact as the service answered it. Its phone is empty where only a ghost stands behind the id. */
export interface ReadContact extends Contact {
  readonly ghost: boolean;
}

export function readContact(phone: string, answer: HttpAnswer): Result<ReadContact, Failure> {
  const parsed = contactSchema.safeParse(answer.json);
  if (!parsed.success) return err({ kind: 'unexpected_body', status: answer.status });
  const { id, name, email, customFields } = parsed.data;
  if (id !== phone || (parsed.data.phone && parsed.data.phone !== phone)) {
    return err({
      kind: 'unexpected_body',
      status: answer.status,
      reason: 'the answer is of another contact',
      retryable: false,
    });
  }
  return ok({
    id,
    name: name ?? null,
    email: email ?? null,
    whatsApp: toAnswer(parsed.data.hasWhatsApp),
    fields: Object.fromEntries(
      Object.entries(customFields ?? {}).map(([key, value]) => [key, toValue(value)]),
    ),
    ghost: parsed.data.phone === '' || parsed.data.phone === null,
  });
}

export function readWhatsAppCheck(answer: HttpAnswer): Result<WhatsAppAnswer, Failure> {
  const parsed = checkSchema.safeParse(answer.json);
  return parsed.success
    ? ok(toAnswer(parsed.data.hasWhatsApp))
    : err({ kind: 'unexpected_body', status: answer.status });
}

function toAnswer(value: boolean | null | undefined): WhatsAppAnswer {
  if (value === true) return 'yes';
  return value === false ? 'no' : 'unknown';
}

function toValue(value: unknown): FieldValue | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
