import {
  isRecord,
  listOf,
  type Reader,
  readBoolean,
  readId,
  readText,
  readTextOrNumber,
  readWholeNumber,
} from '../answer/read-value.ts';
import type { components } from '../generated/cbb-v11.ts';

type Schemas = components['schemas'];

export const readTag: Reader<Schemas['Tag']> = (json) => {
  if (!isRecord(json)) return null;
  const [id, name] = [readId(json.id), readText(json.name)];
  return id === null || name === null ? null : { value: { ...json, id, name } };
};

const texts = listOf((value) => {
  const text = readTextOrNumber(value);
  return text === null ? null : { value: text };
});

/** Null where the account tells none. */
export const readOptions = (json: unknown): string[] | null => {
  const options = texts(json);
  return options === null ? null : [...options.value];
};

/** Undefined where it is nothing that a field can hold. */
function readRawValue(json: unknown): Schemas['FieldValue']['value'] | undefined {
  if (json === undefined || json === null) return null;
  if (typeof json === 'number') return Number.isFinite(json) ? json : undefined;
  return readText(json) ?? readBoolean(json) ?? readOptions(json) ?? undefined;
}

export const readFieldValue: Reader<Schemas['FieldValue']> = (json) => {
  if (!isRecord(json)) return null;
  const [id, name, value] = [readId(json.id), readText(json.name), readRawValue(json.value)];
  if (id === null || name === null || value === undefined) return null;
  const { type: told, ...rest } = json;
  const type = readWholeNumber(told);
  return { value: { ...rest, id, name, value, ...(type === null ? {} : { type }) } };
};
