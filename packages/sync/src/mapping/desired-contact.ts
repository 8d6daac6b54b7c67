import { columnValue } from './column-value.ts';
import type { FieldDefinition, MappingDefinition } from './definition.ts';
import type { DesiredContact, FieldIntent, FieldProblem } from './mapping.ts';
import { columnsOf, intentOf, readField } from './read-field.ts';
import { readEmail, readText, type TextRules } from './read-text.ts';
import { missing, type Reading } from './reading.ts';
import { inPart } from './try-mapping.ts';

export interface ReadingRules<O> {
  readonly text: TextRules;
  /** An order as a function of the definition may see it that declares these columns. */
  readonly seen: (order: O, columns: readonly string[]) => O;
}

/** The contact as one order wants it. */
export function desiredContact<O>(
  definition: Pick<MappingDefinition<O>, 'name' | 'email'>,
  fields: readonly (readonly [string, FieldDefinition<O>])[],
  order: O,
  { text, seen }: ReadingRules<O>,
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
  const own = (part: 'name' | 'email', read: typeof readText) =>
    inPart(part, () => noted(part, readOwn(definition[part], order, text, read)));
  const visibleTo = (rule: FieldDefinition<O>) =>
    rule.type === 'money' || rule.value === undefined ? order : seen(order, columnsOf(rule));
  const name = own('name', readText);
  const email = own('email', readEmail);
  const intents = fields.map(([field, rule]): [string, FieldIntent] => [
    field,
    inPart(field, () => intentOf(rule, noted(field, readField(rule, visibleTo(rule), text)))),
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
