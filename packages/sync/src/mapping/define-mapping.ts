import { checkDefinition } from './check-definition.ts';
import { columnValue } from './column-value.ts';
import { declaredColumns } from './declared-columns.ts';
import type { Column, MappingDefinition } from './definition.ts';
import { desiredContact } from './desired-contact.ts';
import type { Mapping, PhoneInput } from './mapping.ts';
import { parseRow } from './parse-row.ts';
import { columnsOf } from './read-field.ts';
import type { TextRules } from './read-text.ts';
import { requiredColumns } from './required-columns.ts';
import { usable, usableEligibility } from './usable-answer.ts';

const defaultSentinels = ['unknown', 'unknown@example.com', '0000000000'];
// The longest text that the contact service is known to keep whole.
const defaultMaxTextLength = 255;

/**
 * Declares how a host's orders become contacts. What `value` and `decide` see of an order are the columns that their
 * `from` names.
 *
 * @throws TypeError that lists everything wrong with the definition
 */
export function defineMapping<
  O extends object,
  E extends Column<O> = Column<O>,
  P extends Column<O> = Column<O>,
  F extends Readonly<Record<string, Column<O>>> = Readonly<Record<string, Column<O>>>,
>(definition: MappingDefinition<O, E, P, F>): Mapping<O>;
export function defineMapping<O extends object>(definition: MappingDefinition<O>): Mapping<O> {
  checkDefinition(definition);
  const { orderId, rank, schema, phone, eligible } = definition;
  const fields = Object.entries(definition.fields);
  const text: TextRules = {
    maxTextLength: definition.maxTextLength ?? defaultMaxTextLength,
    sentinels: new Set((definition.sentinels ?? defaultSentinels).map((word) => word.toLowerCase())),
  };
  const strict = definition.strict ?? true;
  const seen = (order: O, columns: readonly string[]) => (strict ? declaredColumns(order, columns) : order);
  const mapped = mappedColumns(definition);
  const needed: readonly string[] = definition.columns ?? requiredColumns(schema);
  const extra = needed.filter((column) => column !== orderId && column !== rank);
  const watched = [...new Set([...mapped, ...extra])];
  const row = { schema, orderIdColumn: orderId, columns: [orderId, rank, ...watched], mapped };
  return {
    parse: (given) => parseRow(row, given),
    orderIdOf: (order) => String(columnValue(order, orderId)),
    rankColumn: rank,
    orderIdColumn: orderId,
    watchedColumns: watched,
    fieldNames: fields.map(([name]) => name),
    fieldTypes: Object.fromEntries(fields.map(([name, { type }]) => [name, type])),
    phoneOf: (order) =>
      asPhone(
        typeof phone === 'string'
          ? columnValue(order, phone)
          : usable(phone.value(seen(order, listed(phone.from)))),
      ),
    eligibilityOf: (order) =>
      eligible === undefined
        ? { eligible: true }
        : usableEligibility(eligible.decide(seen(order, eligible.from))),
    desiredContact: (order) => desiredContact(definition, fields, order, { text, seen }),
  };
}

function mappedColumns<O>(definition: MappingDefinition<O>): readonly string[] {
  const { phone, name, email, eligible, fields } = definition;
  const own = [name, email].filter((column) => column !== undefined);
  return [
    ...new Set([
      ...listed(typeof phone === 'string' ? phone : phone.from),
      ...own,
      ...(eligible?.from ?? []),
      ...Object.values(fields).flatMap(columnsOf),
    ]),
  ];
}

function listed(columns: string | readonly string[]): readonly string[] {
  return typeof columns === 'string' ? [columns] : columns;
}

function asPhone(raw: unknown): PhoneInput {
  if (typeof raw !== 'object' || raw === null) return phoneText(raw);
  return { code: phoneText(columnValue(raw, 'code')), number: phoneText(columnValue(raw, 'number')) };
}

function phoneText(raw: unknown): string | null {
  if (typeof raw === 'string') return raw;
  return typeof raw === 'number' || typeof raw === 'bigint' ? String(raw) : null;
}
