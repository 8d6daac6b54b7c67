import {
  isRecord,
  listOf,
  type Reader,
  readBoolean,
  readId,
  readText,
  readWholeNumber,
} from '../answer/read-value.ts';
import type { components } from '../generated/cbb-v11.ts';
import { type FieldDefinition, fieldTypeOf } from './field-type.ts';
import { readContact } from './read-contact.ts';
import { readFieldValue, readOptions, readTag } from './read-parts.ts';

type Schemas = components['schemas'];

const customField: Reader<Schemas['CustomField']> = (json) => {
  if (!isRecord(json)) return null;
  const { options, ...rest } = json;
  const [id, name, told] = [readId(json.id), readText(json.name), readOptions(options)];
  if (id === null || name === null) return null;
  // An unreadable type is kept apart from every real one, so that the field is never written.
  const type = readWholeNumber(json.type) ?? -1;
  const description = readText(json.description);
  return { value: { ...rest, id, name, type, description, ...(told === null ? {} : { options: told }) } };
};

const account: Reader<Schemas['Account']> = (json) => {
  if (!isRecord(json)) return null;
  const page_id = readId(json.page_id);
  if (page_id === null) return null;
  const name = readText(json.name);
  const active = readBoolean(json.active) ?? readText(json.active) ?? readWholeNumber(json.active);
  const created = readText(json.created) ?? readWholeNumber(json.created);
  const total_users = readWholeNumber(json.total_users);
  return {
    value: {
      page_id,
      ...(name === null ? {} : { name }),
      ...(active === null ? {} : { active }),
      ...(created === null ? {} : { created }),
      ...(total_users === null ? {} : { total_users }),
    },
  };
};

const created: Reader<Schemas['Created']> = (json) => {
  const id = isRecord(json) ? readId(json.id) : null;
  if (!isRecord(json) || id === null) return null;
  const name = readText(json.name);
  return { value: name === null ? { id } : { id, name } };
};

/** What stands in `data`. */
/* @__NO_SIDE_EFFECTS__ */
function dataOf<T>(read: Reader<T>): Reader<T> {
  return (json) => (isRecord(json) ? read(json.data) : null);
}

const isSuccess = (json: unknown) => isRecord(json) && json.success === true;

/** Readers of the answers, tolerant of everything that nothing relies on. */
export const answers = {
  account,
  contact: readContact,
  contactCreated: ((json) => (isSuccess(json) ? dataOf(readContact)(json) : null)) satisfies Reader<
    Schemas['Contact']
  >,
  contactList: dataOf(listOf(readContact)),
  created,
  customField,
  customFields: listOf(customField),
  fieldValues: listOf(readFieldValue),
  /** The documentation shows a list where one value is asked for. */
  oneFieldValue: ((json) => readFieldValue(Array.isArray(json) ? json[0] : json)) satisfies Reader<
    Schemas['FieldValue']
  >,
  flows: listOf(readTag),
  success: ((json) => (isSuccess(json) ? { value: undefined } : null)) satisfies Reader<undefined>,
  tags: listOf(readTag),
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
