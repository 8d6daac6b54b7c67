import { err, ok, type Result } from 'neverthrow';
import type { Failure } from '../errors/failure.ts';
import { encodeFieldValue } from './encode-field-value.ts';
import type { FieldsByName } from './field-list.ts';
import type { FieldDefinition } from './field-type.ts';

/** A value that was checked against its field, ready to be sent. */
export interface EncodedField {
  readonly field: FieldDefinition;
  readonly value: string;
}

/** Refuses the whole write if one value does not fit: the service would drop it and report success. */
export function encodeFields(
  values: Readonly<Record<string, string | number | boolean>>,
  fields: FieldsByName,
): Result<readonly EncodedField[], Failure> {
  const encoded: EncodedField[] = [];
  const unfit: { readonly name: string; readonly type: string }[] = [];
  for (const [name, value] of Object.entries(values)) {
    const field = fields.get(name);
    const text = field === undefined ? null : encodeFieldValue(field, value);
    if (field === undefined || text === null) unfit.push({ name, type: field?.type ?? 'unknown type' });
    else encoded.push({ field, value: text });
  }
  if (unfit.length === 0) return ok(encoded);
  const told = unfit.map(({ name, type }) => `${name} (${type})`);
  return err({
    kind: 'invalid_request',
    reason: `a value does not fit the type of its custom field: ${told.join(', ')}`,
    missingFields: unfit.map(({ name }) => name),
    effect: 'none',
  });
}

/** The actions of `POST /contacts` and `send_content`: by name, because an id in an action is ignored. */
export function setActions(encoded: readonly EncodedField[]) {
  return encoded.map(({ field, value }) => ({
    action: 'set_field_value' as const,
    field_name: field.name,
    value,
  }));
}
