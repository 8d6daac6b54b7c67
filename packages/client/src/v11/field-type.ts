/** What a custom field of contract v1.1 holds. */
export type FieldType =
  | 'text'
  | 'number'
  | 'date'
  | 'datetime'
  | 'boolean'
  | 'long_text'
  | 'select'
  | 'multi_select';

/** In the order of the service's type codes, 0 to 7. */
export const fieldTypes: readonly FieldType[] = [
  'text',
  'number',
  'date',
  'datetime',
  'boolean',
  'long_text',
  'select',
  'multi_select',
];

/** Null for a code that is not known: such a field cannot be checked, so it is never written. */
export function fieldTypeOf(code: number): FieldType | null {
  return fieldTypes[code] ?? null;
}

export function fieldTypeCode(type: FieldType): number {
  return fieldTypes.indexOf(type);
}

/** One custom field as the account defines it. */
export interface FieldDefinition {
  readonly id: string;
  readonly name: string;
  readonly type: FieldType | null;
  /** Allowed values of a select field; null where the service does not tell them. */
  readonly options: readonly string[] | null;
}
