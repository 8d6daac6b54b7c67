/** In the order of the codes, 0 to 7, that v1.1 has for them on the wire. */
export const customFieldTypes = [
  'text',
  'number',
  'date',
  'datetime',
  'boolean',
  'long_text',
  'select',
  'multi_select',
] as const;

/** What a custom field of v1.1 holds, in the client's words. */
export type CustomFieldType = (typeof customFieldTypes)[number];

export function codeOfType(type: CustomFieldType): number {
  return customFieldTypes.indexOf(type);
}

/** Undefined for what is no code. */
export function typeOfCode(code: unknown): CustomFieldType | undefined {
  return customFieldTypes.find((_, index) => index === code);
}
