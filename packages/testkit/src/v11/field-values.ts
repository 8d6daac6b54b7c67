import type { CustomFieldDefinition } from '../contract/world.ts';

/** Whether a written value fits the field's type. One that does not is accepted and silently dropped. */
export function fitsField(field: CustomFieldDefinition, value: string): boolean {
  switch (field.type) {
    case 1:
      return /^-?\d+(\.\d+)?$/.test(value);
    case 2:
    case 3:
      // Seconds: the thirteen digits of a time in milliseconds are no date.
      return /^-?\d{1,11}$/.test(value);
    case 4:
      return value === '0' || value === '1';
    case 6:
      return field.options?.includes(value) ?? true;
    default:
      return true;
  }
}
