import * as z from 'zod';
import type { components } from '../generated/cbb-v11.ts';
import { type FieldDefinition, fieldTypeOf } from './field-type.ts';

type Schemas = components['schemas'];

// Documented as int64 but sent as strings. A number too large to be exact is refused rather than rounded.
const id: z.ZodType<string> = z.union([z.string().min(1), z.int().transform(String)]);

/** A field nothing relies on: of the wrong shape it reads as absent, and the rest of the answer stays usable. */
function loosely<T>(schema: z.ZodType<T>): z.ZodType<T | null> {
  return schema.nullable().catch(null);
}

const text = z.union([z.string(), z.number().transform(String)]);
const wholeNumber = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number),
]);
const gender = z.union([z.literal(0), z.literal(1), z.literal(2)]);

const tag: z.ZodType<Schemas['Tag']> = z.looseObject({ id, name: z.string() });

const fieldValue: z.ZodType<Schemas['FieldValue']> = z
  .looseObject({
    id,
    name: z.string(),
    type: loosely(wholeNumber),
    value: z
      .union([z.string(), z.number(), z.boolean(), z.array(text)])
      .nullable()
      .default(null),
  })
  .transform(({ type, ...rest }) => (type === null ? rest : { ...rest, type }));

const contact: z.ZodType<Schemas['Contact']> = z
  .looseObject({
    id,
    page_id: loosely(id),
    phone: text.nullable().default(null),
    email: loosely(z.string()),
    full_name: loosely(z.string()),
    first_name: loosely(z.string()),
    last_name: loosely(z.string()),
    channel: loosely(wholeNumber),
    profile_pic: loosely(z.string()),
    locale: loosely(z.string()),
    gender: loosely(gender),
    timezone: loosely(z.union([z.number(), z.string()])),
    last_sent: loosely(wholeNumber),
    last_delivered: loosely(wholeNumber),
    last_seen: loosely(wholeNumber),
    last_interaction: loosely(wholeNumber),
    subscribed_date: loosely(z.string()),
    subscribed: loosely(z.union([z.int(), z.boolean()])),
    tags: z.array(tag).nullable().default([]),
    custom_fields: z.array(fieldValue).nullable().default([]),
  })
  .transform(({ page_id, tags, custom_fields, ...rest }) => ({
    ...rest,
    tags: tags ?? [],
    custom_fields: custom_fields ?? [],
    ...(page_id === null ? {} : { page_id }),
  }));

const customField: z.ZodType<Schemas['CustomField']> = z
  .looseObject({
    id,
    name: z.string(),
    // An unreadable type is kept apart from every real one, so that the field is never written.
    type: wholeNumber.catch(-1),
    description: loosely(z.string()),
    options: loosely(z.array(text)),
  })
  .transform(({ options, ...rest }) => (options === null ? rest : { ...rest, options }));

const account: z.ZodType<Schemas['Account']> = z
  .looseObject({
    page_id: id,
    name: loosely(z.string()),
    active: loosely(z.union([z.boolean(), z.int(), z.string()])),
    created: loosely(z.union([z.string(), z.int()])),
    total_users: loosely(wholeNumber),
  })
  .transform(({ page_id, name, active, created, total_users }) => ({
    page_id,
    ...(name === null ? {} : { name }),
    ...(active === null ? {} : { active }),
    ...(created === null ? {} : { created }),
    ...(total_users === null ? {} : { total_users }),
  }));

const created: z.ZodType<Schemas['Created']> = z
  .looseObject({ id, name: loosely(z.string()) })
  .transform(({ id: createdId, name }) => (name === null ? { id: createdId } : { id: createdId, name }));

const fieldValues = z.array(fieldValue);

/** Readers of the answers, tolerant of everything that nothing relies on. */
export const answers = {
  account,
  contact,
  contactCreated: z.object({ success: z.literal(true), data: contact }).transform(({ data }) => data),
  contactList: z.object({ data: z.array(contact) }).transform(({ data }) => data),
  created,
  customField,
  customFields: z.array(customField),
  fieldValues,
  /** The documentation shows a list where one value is asked for. */
  oneFieldValue: z.union([z.tuple([fieldValue], z.unknown()).transform(([first]) => first), fieldValue]),
  flows: z.array(tag),
  success: z.looseObject({ success: z.literal(true) }).transform((): undefined => undefined),
  tags: z.array(tag),
} as const;

/** A custom field as the rest of the client needs it. */
export function fieldDefinitionOf(field: Schemas['CustomField']): FieldDefinition {
  return {
    id: field.id,
    name: field.name,
    type: fieldTypeOf(field.type),
    options: field.options ?? null,
  };
}
