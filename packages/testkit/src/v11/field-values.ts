import type { CustomFieldDefinition } from '../contract/world.ts';

/** Whether a written value fits the field's type. One that does not is accepted and silently dropped. */
export function fitsField(field: CustomFieldDefinition, value: string): boolean {
  switch (field.type) {
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(value);
    case 'date':
    case 'datetime':
      // Seconds: the thirteen digits of a time in milliseconds are no date.
      return /^-?\d{1,11}$/.test(value);
    case 'boolean':
      return value === '0' || value === '1';
    case 'select':
      return field.options?.includes(value) ?? true;
    default:
      return true;
  }
}
