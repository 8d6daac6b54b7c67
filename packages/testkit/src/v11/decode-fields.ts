import type { CustomFieldType } from '../contract/field-types.ts';
import type { CustomFieldDefinition, FieldValue } from '../contract/world.ts';

/** v1.1 keeps every value as a text; those of these types are meant as something else. */
const decoders: Partial<Record<CustomFieldType, (text: string) => FieldValue>> = {
  number: Number,
  date: (seconds) => isoOf(seconds).slice(0, 10),
  datetime: isoOf,
  boolean: (digit) => digit === '1',
};

/** Fields as they were meant: numbers, days (`YYYY-MM-DD`), instants (ISO 8601), flags and texts. */
export function decodeFields(
  fields: Readonly<Record<string, FieldValue>>,
  definitions: readonly CustomFieldDefinition[],
): Record<string, FieldValue> {
  const types = new Map(definitions.map(({ name, type }) => [name, type]));
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const decode = decoders[types.get(name) ?? 'text'];
      return [name, decode === undefined ? value : decode(String(value))];
    }),
  );
}

function isoOf(seconds: string): string {
  return new Date(Number(seconds) * 1_000).toISOString();
}
