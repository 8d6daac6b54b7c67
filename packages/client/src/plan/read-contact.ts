import { err, ok, type Result } from 'neverthrow';
import * as z from 'zod/mini';
import type { HttpAnswer } from '../answer/http-answer.ts';
import type { Contact, FieldValue, WhatsAppAnswer } from '../contacts/contact-gateway.ts';
import { isoDate } from '../contacts/iso-date.ts';
import type { Failure } from '../errors/failure.ts';
import { once } from '../options/once.ts';

const schemas = once(() => {
  const loosely = <T>(schema: z.ZodMiniType<T>) => z.catch(z.nullish(schema), null);
  const text = loosely(z.string());
  const digits = z.pipe(z.union([z.string(), z.number()]), z.transform(String));
  const hasWhatsApp = loosely(z.boolean());
  return {
    check: z.object({ hasWhatsApp }),
    /** Tolerant: of a contact only its id must be there. */
    contact: z.object({
      id: digits,
      phone: z.nullish(digits),
      name: text,
      email: text,
      hasWhatsApp,
      customFields: loosely(z.record(z.string(), z.unknown())),
      createdAt: text,
      updatedAt: text,
    }),
  };
});

/** A contact as the service answered it. Its phone is empty where only a ghost stands behind the id. */
export interface ReadContact extends Contact {
  readonly ghost: boolean;
}

export function readContact(phone: string, answer: HttpAnswer): Result<ReadContact, Failure> {
  const parsed = schemas().contact.safeParse(answer.json);
  if (!parsed.success) return err({ kind: 'unexpected_body', status: answer.status });
  const { id, name, email, customFields, createdAt, updatedAt } = parsed.data;
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
    createdAt: isoDate(createdAt),
    updatedAt: isoDate(updatedAt),
    ghost: parsed.data.phone === '' || parsed.data.phone === null,
  });
}

export function readWhatsAppCheck(answer: HttpAnswer): Result<WhatsAppAnswer, Failure> {
  const parsed = schemas().check.safeParse(answer.json);
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
