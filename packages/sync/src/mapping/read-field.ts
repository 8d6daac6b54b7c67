import { columnValue } from './column-value.ts';
import type { FieldDefinition } from './definition.ts';
import type { FieldIntent } from './mapping.ts';
import { readBoolean } from './read-boolean.ts';
import { readDate, readDateTime } from './read-date.ts';
import { readMoney } from './read-money.ts';
import { readNumber } from './read-number.ts';
import { readEmail, readText, type TextRules } from './read-text.ts';
import type { Reading } from './reading.ts';
import { usable } from './usable-answer.ts';

/** Reads the value that a field has in an order. */
export function readField<O>(definition: FieldDefinition<O>, order: O, rules: TextRules): Reading {
  if (definition.type === 'money') {
    return readMoney(
      columnValue(order, definition.from.amount),
      columnValue(order, definition.from.currency),
      definition.unit,
    );
  }
  const { value, from } = definition;
  const raw = value === undefined ? columnValue(order, String(from)) : usable(value(order));
  return readRaw(definition, raw, rules);
}

/** The columns that a field is computed from. */
export function columnsOf<O>(definition: FieldDefinition<O>): readonly string[] {
  if (definition.type === 'money') return [definition.from.amount, definition.from.currency];
  return typeof definition.from === 'string' ? [definition.from] : definition.from;
}

/** Reads a raw value by the type of a field. */
export function readRaw<O>(
  definition: Exclude<FieldDefinition<O>, { type: 'money' }>,
  raw: unknown,
  rules: TextRules,
): Reading {
  switch (definition.type) {
    case 'text':
      return readText(raw, rules);
    case 'email':
      return readEmail(raw, rules);
    case 'number':
      return readNumber(raw, definition.min ?? Number.NEGATIVE_INFINITY);
    case 'date':
      return readDate(raw);
    case 'datetime':
      return readDateTime(raw);
    case 'boolean':
      return readBoolean(raw);
  }
}

/** What the order wants of the field, given its reading. */
export function intentOf<O>(definition: FieldDefinition<O>, reading: Reading): FieldIntent {
  if (reading.kind === 'value') return { kind: 'set', value: reading.value };
  if (definition.default !== undefined) return { kind: 'set', value: definition.default };
  return { kind: definition.missing ?? 'clear' };
}
