import type { V11CustomField } from './api.ts';
import type { FieldDefinition } from './field-type.ts';
import { fieldDefinitionOf } from './read-answers.ts';

export type FieldsByName = ReadonlyMap<string, FieldDefinition>;

/** The account's custom fields as they were told at one time. */
export interface FieldList {
  readonly fields: FieldsByName;
  /** All ids of a name: it can stand twice. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
  readonly fetchedAt: number;
  /** How many fields this client had created before it asked for the list. */
  readonly creations: number;
}

export function readFieldList(
  told: readonly V11CustomField[],
  of: Pick<FieldList, 'fetchedAt' | 'creations'>,
): FieldList {
  const fields = new Map<string, FieldDefinition>();
  const ids = new Map<string, readonly string[]>();
  for (const field of told) {
    const definition = fieldDefinitionOf(field);
    // Actions address fields by name: of a name that stands twice nobody can say which one is written.
    fields.set(field.name, fields.has(field.name) ? { ...definition, type: null } : definition);
    ids.set(field.name, [...(ids.get(field.name) ?? []), definition.id]);
  }
  return { fields, ids, ...of };
}
