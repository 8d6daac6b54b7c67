import { splitSelection } from './encode-field-value.ts';
import type { FieldType } from './field-type.ts';

/** What the service sends as the value of a field. */
export type RawFieldValue = string | number | boolean | null | readonly (string | number)[];

/**
 * A value as read, in the encoding in which it is given for writing. What does not fit the type is kept as text, so that
 * a comparison sees a difference instead of an empty field.
 */
export function decodeFieldValue(
  type: FieldType | null,
  raw: RawFieldValue,
): string | number | boolean | null {
  const text = textOf(raw);
  if (text === '') return null;
  switch (type) {
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
    case 'date':
      return instantOf(text)?.slice(0, 10) ?? text;
    case 'datetime':
      return instantOf(text) ?? text;
    case 'boolean':
      return booleanOf(text) ?? text;
    case 'multi_select':
      return splitSelection(text).join(',');
    default:
      return text;
  }
}

function textOf(raw: RawFieldValue): string {
  if (raw === null) return '';
  return typeof raw === 'object' ? raw.join(',') : String(raw);
}

function instantOf(text: string): string | null {
  if (!/^-?\d{1,11}$/.test(text)) return null;
  return new Date(Number(text) * 1000).toISOString();
}

function booleanOf(text: string): boolean | null {
  if (text === '1' || text === 'true') return true;
  if (text === '0' || text === 'false') return false;
  return null;
}
