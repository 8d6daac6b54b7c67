import { checkDefinition } from './check-definition.ts';
import { columnValue } from './column-value.ts';
import { declaredColumns } from './declared-columns.ts';
import type { FieldDefinition, MappingDefinition } from './definition.ts';
import type { DesiredContact, FieldIntent, FieldProblem, Mapping, PhoneInput } from './mapping.ts';
import { columnsOf, intentOf, readField } from './read-field.ts';
import { readEmail, readText, type TextRules } from './read-text.ts';
import { missing, type Reading } from './reading.ts';
import { type ParsedRow, parseWithSchema } from './standard-schema.ts';
import { inPart } from './try-mapping.ts';

const defaultSentinels = ['unknown', 'unknown@example.com', '0000000000'];
// The longest text that the contact service is known to keep whole.
const defaultMaxTextLength = 255;

/**
 * Declares how a host's orders become contacts.
 *
 * @throws TypeError that lists everything wrong with the definition
 */
export function defineMapping<O extends object>(definition: MappingDefinition<O>): Mapping<O> {
  checkDefinition(definition);
  const fields = Object.entries(definition.fields);
  const rules: TextRules = {
    maxTextLength: definition.maxTextLength ?? defaultMaxTextLength,
    sentinels: new Set((definition.sentinels ?? defaultSentinels).map((text) => text.toLowerCase())),
  };
  const strict = definition.strict ?? true;
  const seen: SeenColumns<O> = (order, columns) => (strict ? declaredColumns(order, columns) : order);
  return {
    parse: (row) => requireOrderId(parseWithSchema(definition.schema, row), definition.orderId),
    orderIdOf: (order) => String(columnValue(order, definition.orderId)),
    rankColumn: definition.rank,
    orderIdColumn: definition.orderId,
    watchedColumns: watchedColumns(definition),
    fieldNames: fields.map(([name]) => name),
    phoneOf: (order) => asPhone(columnValue(order, definition.phone)),
    eligibilityOf(order) {
      const { eligible } = definition;
      return eligible?.decide(seen(order, eligible.from)) ?? { eligible: true };
    },
    desiredContact: (order) => desiredContact(definition, fields, order, { ...rules, seen }),
  };
}

/** An order as one function of the definition may see it. */
type SeenColumns<O> = (order: O, columns: readonly string[]) => O;

function desiredContact<O>(
  definition: MappingDefinition<O>,
  fields: readonly (readonly [string, FieldDefinition<O>])[],
  order: O,
  rules: TextRules & { readonly seen: SeenColumns<O> },
): DesiredContact {
  const problems: FieldProblem[] = [];
  function noted<R extends Reading>(field: string, reading: R): R {
    if (reading.kind !== 'problem') return reading;
    const { problem } = reading;
    // The contact's own name is often a custom field too.
    if (!problems.some((known) => known.field === field && known.problem === problem))
      problems.push({ field, problem });
    return reading;
  }
  const visibleTo = (rule: FieldDefinition<O>) =>
    rule.type === 'money' || rule.value === undefined ? order : rules.seen(order, columnsOf(rule));
  const name = noted('name', readOwn(definition.name, order, rules, readText));
  const email = noted('email', readOwn(definition.email, order, rules, readEmail));
  const intents = fields.map(([field, rule]): [string, FieldIntent] => [
    field,
    inPart(field, () => intentOf(rule, noted(field, readField(rule, visibleTo(rule), rules)))),
  ]);
  return {
    ...(name.kind === 'value' ? { name: name.value } : {}),
    ...(email.kind === 'value' ? { email: email.value } : {}),
    fields: Object.fromEntries(intents),
    problems,
  };
}

function readOwn<O>(
  column: string | undefined,
  order: O,
  rules: TextRules,
  read: typeof readText,
): Reading<string> {
  return column === undefined ? missing : read(columnValue(order, column), rules);
}

function requireOrderId<O>(parsed: ParsedRow<O>, column: string): ParsedRow<O> {
  if (!parsed.ok) return parsed;
  const id = columnValue(parsed.order, column);
  if ((typeof id === 'string' && id !== '') || typeof id === 'number' || typeof id === 'bigint')
    return parsed;
  return { ok: false, problems: [`${column} is missing`] };
}

function watchedColumns<O>(definition: MappingDefinition<O>): readonly string[] {
  const { phone, name, email, eligible, fields } = definition;
  const optional = [name, email].filter((column) => column !== undefined);
  return [
    ...new Set([phone, ...optional, ...(eligible?.from ?? []), ...Object.values(fields).flatMap(columnsOf)]),
  ];
}

function asPhone(raw: unknown): PhoneInput {
  if (typeof raw !== 'object' || raw === null) return phoneText(raw);
  return { code: phoneText(columnValue(raw, 'code')), number: phoneText(columnValue(raw, 'number')) };
}

function phoneText(raw: unknown): string | null {
  if (typeof raw === 'string') return raw;
  return typeof raw === 'number' || typeof raw === 'bigint' ? String(raw) : null;
}
