import type { CustomFields, FieldDefinition, FieldType } from '@visanet/cbb-client';
import type { FieldTypes, MappedType } from '../compose/host-file.ts';
import { type Check, failure, ok, warning } from './check.ts';

const name = 'custom fields';
const texts: readonly FieldType[] = ['text', 'long_text', 'select', 'multi_select'];

/** Types of the account in which a mapped value can be written; the first is made where the field is missing. */
const fitting: Readonly<Record<MappedType, readonly [FieldType, ...FieldType[]]>> = {
  text: ['text', ...texts],
  email: ['text', ...texts],
  money: ['text', ...texts],
  number: ['number'],
  date: ['date', 'text', 'long_text'],
  datetime: ['datetime', 'text', 'long_text'],
  boolean: ['boolean'],
};

interface Missing {
  readonly name: string;
  readonly type: FieldType;
}

/** The mapped fields against those of the account; creates the missing ones where that is asked. */
export async function checkFields(
  fields: CustomFields,
  types: FieldTypes,
  createMissing: boolean,
  signal: AbortSignal,
): Promise<readonly Check[]> {
  const listed = await fields.list({ signal });
  if (listed.isErr()) return [failure(name, listed.error.message, 'try again later')];
  const untyped = untypedOf(types, listed.value);
  if (untyped.length > 0) {
    const remedy =
      'create them in the account, or give --config the definition of the mapping, which has types';
    return [failure(name, `missing: ${untyped.join(', ')}`, remedy), ...judge(types, listed.value)];
  }
  const missing = missingOf(types, listed.value);
  const judged = judge(types, listed.value);
  if (missing.length === 0) {
    return judged.length === 0 ? [ok(name, `all ${types.size} are there`)] : judged;
  }
  if (!createMissing) {
    const names = missing.map((field) => `${field.name} (${field.type})`).join(', ');
    return [failure(name, `missing: ${names}`, 'cbb doctor --create-fields'), ...judged];
  }
  const created: string[] = [];
  for (const field of missing) {
    const made = await fields.create(field, { signal });
    if (made.isErr()) {
      const message = `${field.name} could not be created: ${made.error.message}`;
      return [failure(name, message, 'look at the account before you try again'), ...judged];
    }
    created.push(field.name);
  }
  return [ok(name, `created: ${created.join(', ')}`), ...judged];
}

/** Missing fields whose type is not known, so that nobody but a person can create them. */
function untypedOf(fieldTypes: FieldTypes, listed: readonly FieldDefinition[]): readonly string[] {
  const there = new Set(listed.map((field) => field.name));
  return [...fieldTypes].flatMap(([field, type]) => (type !== null || there.has(field) ? [] : [field]));
}

function missingOf(fieldTypes: FieldTypes, listed: readonly FieldDefinition[]): readonly Missing[] {
  const there = new Set(listed.map((field) => field.name));
  return [...fieldTypes].flatMap(([field, type]) =>
    there.has(field) || type === null ? [] : [{ name: field, type: fitting[type][0] }],
  );
}

function judge(fieldTypes: FieldTypes, listed: readonly FieldDefinition[]): readonly Check[] {
  return [...fieldTypes].flatMap(([field, type]) => {
    const same = listed.filter((each) => each.name === field);
    const wrong = same.find(
      (each) => type !== null && (each.type === null || !fitting[type].includes(each.type)),
    );
    if (wrong !== undefined && type !== null) {
      const wanted = [...new Set(fitting[type])].join(' or ');
      const message = `${field} is of type ${wrong.type ?? 'unknown'}, but must be ${wanted}`;
      return [failure(name, message, 'delete the field in the account and create it anew, or map another')];
    }
    return same.length < 2
      ? []
      : [warning(name, `${field} stands ${same.length} times`, 'delete all but one in the account')];
  });
}
