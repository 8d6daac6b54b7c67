import type { FieldDefinition } from './field-type.ts';

const calendarDate = /^(\d{4})-(\d{2})-(\d{2})$/;
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * A value as the service wants it written, or null where it does not fit the field's type. The service accepts a value of
 * the wrong type and silently drops it, so nothing is converted by guess: a number is no text and a text is no number.
 */
export function encodeFieldValue(
  field: Pick<FieldDefinition, 'type' | 'options'>,
  value: string | number | boolean,
): string | null {
  switch (field.type) {
    case 'text':
    case 'long_text':
      return textOf(value);
    case 'number':
      return typeof value === 'number' ? decimalOf(value) : null;
    case 'date':
      return typeof value === 'string' ? secondsOfDate(value) : null;
    case 'datetime':
      return typeof value === 'string' ? secondsOfInstant(value) : null;
    case 'boolean':
      return typeof value === 'boolean' ? (value ? '1' : '0') : null;
    case 'select':
      return isOption(field, value) ? textOf(value) : null;
    case 'multi_select':
      return typeof value === 'string' ? textOf(selectionOf(value, field)) : null;
    default:
      return null;
  }
}

// An empty text cannot be told from a field without value: clearing is another request.
function textOf(value: string | number | boolean): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function decimalOf(value: number): string | null {
  const text = String(value);
  return /^-?\d+(\.\d+)?$/.test(text) ? text : null;
}

function secondsOfDate(value: string): string | null {
  if (!calendarDate.test(value)) return null;
  const time = Date.parse(`${value}T00:00:00Z`);
  // `2026-02-30` parses in some engines as the 2nd of March.
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(value) ? null : String(time / 1000);
}

function secondsOfInstant(value: string): string | null {
  if (!instant.test(value) || secondsOfDate(value.slice(0, 10)) === null) return null;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : String(Math.floor(time / 1000));
}

function isOption(field: Pick<FieldDefinition, 'options'>, value: string | number | boolean): boolean {
  return field.options === null || field.options.some((option) => option === value);
}

/** Empty if one of the parts is no option. */
function selectionOf(value: string, field: Pick<FieldDefinition, 'options'>): string {
  const parts = splitSelection(value);
  return parts.every((part) => isOption(field, part)) ? parts.join(',') : '';
}

export function splitSelection(value: string): readonly string[] {
  return value.split(',').map((part) => part.trim());
}
