import * as z from 'zod/mini';
import type { components } from '../generated/cbb-v11.ts';
import { once } from '../options/once.ts';
import { type FieldDefinition, fieldTypeOf } from './field-type.ts';

type Schemas = components['schemas'];
type Reader<T> = z.ZodMiniType<T>;

/** A field nothing relies on: of the wrong shape it reads as absent, and the rest of the answer stays usable. */
function loosely<T>(schema: Reader<T>): Reader<T | null> {
  return z.catch(z.nullable(schema), null);
}

const asText = () => z.transform<string | number, string>(String);

// Documented as int64 but sent as strings. A number too large to be exact is refused rather than rounded.
const id = once((): Reader<string> => z.pipe(z.union([z.string().check(z.minLength(1)), z.int()]), asText()));
const text = once((): Reader<string> => z.pipe(z.union([z.string(), z.number()]), asText()));
const wholeNumber = once(
  (): Reader<number> =>
    z.pipe(
      z.union([z.int(), z.string().check(z.regex(/^-?\d+$/))]),
      z.transform<string | number, number>(Number),
    ),
);

const tag = once((): Reader<Schemas['Tag']> => z.looseObject({ id: id(), name: z.string() }));

const fieldValue = once(
  (): Reader<Schemas['FieldValue']> =>
    z.pipe(
      z.looseObject({
        id: id(),
        name: z.string(),
        type: loosely(wholeNumber()),
        value: z._default(z.nullable(z.union([z.string(), z.number(), z.boolean(), z.array(text())])), null),
      }),
      z.transform(({ type, ...rest }) => (type === null ? rest : { ...rest, type })),
    ),
);

const contact = once((): Reader<Schemas['Contact']> => {
  const word = loosely(z.string());
  const count = loosely(wholeNumber());
  return z.pipe(
    z.looseObject({
      id: id(),
      page_id: loosely(id()),
      phone: z._default(z.nullable(text()), null),
      email: word,
      full_name: word,
      first_name: word,
      last_name: word,
      channel: count,
      profile_pic: word,
      locale: word,
      gender: loosely(z.union([z.literal(0), z.literal(1), z.literal(2)])),
      timezone: loosely(z.union([z.number(), z.string()])),
      last_sent: count,
      last_delivered: count,
      last_seen: count,
      last_interaction: count,
      subscribed_date: word,
      subscribed: loosely(z.union([z.int(), z.boolean()])),
      tags: z._default(z.nullable(z.array(tag())), []),
      custom_fields: z._default(z.nullable(z.array(fieldValue())), []),
    }),
    z.transform(({ page_id, tags, custom_fields, ...rest }) => ({
      ...rest,
      tags: tags ?? [],
      custom_fields: custom_fields ?? [],
      ...(page_id === null ? {} : { page_id }),
    })),
  );
});

const customField = once(
  (): Reader<Schemas['CustomField']> =>
    z.pipe(
      z.looseObject({
        id: id(),
        name: z.string(),
        // An unreadable type is kept apart from every real one, so that the field is never written.
        type: z.catch(wholeNumber(), -1),
        description: loosely(z.string()),
        options: loosely(z.array(text())),
      }),
      z.transform(({ options, ...rest }) => (options === null ? rest : { ...rest, options })),
    ),
);

const account = once(
  (): Reader<Schemas['Account']> =>
    z.pipe(
      z.looseObject({
        page_id: id(),
        name: loosely(z.string()),
        active: loosely(z.union([z.boolean(), z.int(), z.string()])),
        created: loosely(z.union([z.string(), z.int()])),
        total_users: loosely(wholeNumber()),
      }),
      z.transform(({ page_id, name, active, created, total_users }) => ({
        page_id,
        ...(name === null ? {} : { name }),
        ...(active === null ? {} : { active }),
        ...(created === null ? {} : { created }),
        ...(total_users === null ? {} : { total_users }),
      })),
    ),
);

const created = once(
  (): Reader<Schemas['Created']> =>
    z.pipe(
      z.looseObject({ id: id(), name: loosely(z.string()) }),
      z.transform(({ id: createdId, name }) => (name === null ? { id: createdId } : { id: createdId, name })),
    ),
);

const tags = once(() => z.array(tag()));

/** Readers of the answers, tolerant of everything that nothing relies on; made when they are first needed. */
export const answers = {
  account,
  contact,
  contactCreated: once(() =>
    z.pipe(
      z.object({ success: z.literal(true), data: contact() }),
      z.transform(({ data }) => data),
    ),
  ),
  contactList: once(() =>
    z.pipe(
      z.object({ data: z.array(contact()) }),
      z.transform(({ data }) => data),
    ),
  ),
  created,
  customField,
  customFields: once(() => z.array(customField())),
  fieldValues: once(() => z.array(fieldValue())),
  /** The documentation shows a list where one value is asked for. */
  oneFieldValue: once(() =>
    z.union([
      z.pipe(
        z.tuple([fieldValue()], z.unknown()),
        z.transform(([first]) => first),
      ),
      fieldValue(),
    ]),
  ),
  flows: tags,
  success: once(() =>
    z.pipe(
      z.looseObject({ success: z.literal(true) }),
      z.transform((): undefined => undefined),
    ),
  ),
  tags,
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
