import { columnValue } from './column-value.ts';
import { readRaw } from './read-field.ts';

const definitionKeys = new Set([
  'schema',
  'columns',
  'orderId',
  'phone',
  'rank',
  'name',
  'email',
  'eligible',
  'fields',
  'maxTextLength',
  'sentinels',
  'strict',
]);
const fieldKeys = new Set(['type', 'from', 'missing', 'default', 'value']);
const ownKeys: Readonly<Record<string, readonly string[]>> = { number: ['min'], money: ['unit'] };
const fieldTypes = ['text', 'email', 'number', 'date', 'datetime', 'boolean', 'money'];

/**
 * Checks a mapping definition, for hosts without types and for what types cannot say.
 *
 * @throws TypeError that lists every problem
 */
export function checkDefinition(given: object | null | undefined): void {
  const definition = given ?? {};
  const problems = [
    ...unknownKeys(definition, definitionKeys, ''),
    ...checkSchema(columnValue(definition, 'schema')),
    ...optional(definition, 'columns', (columns) => checkTexts(columns, 'columns')),
    ...checkColumn(columnValue(definition, 'orderId'), 'orderId'),
    ...checkPhone(columnValue(definition, 'phone')),
    ...checkColumn(columnValue(definition, 'rank'), 'rank'),
    ...['name', 'email'].flatMap((key) => optional(definition, key, (column) => checkColumn(column, key))),
    ...optional(definition, 'eligible', checkEligible),
    ...optional(definition, 'maxTextLength', checkLength),
    ...optional(definition, 'sentinels', (texts) => checkTexts(texts, 'sentinels')),
    ...optional(definition, 'strict', (strict) =>
      typeof strict === 'boolean' ? [] : ['strict must be true or false'],
    ),
    ...checkFields(columnValue(definition, 'fields')),
  ];
  if (problems.length > 0) throw new TypeError(`defineMapping: ${problems.join('; ')}`);
}

function unknownKeys(value: object, known: ReadonlySet<string>, prefix: string): readonly string[] {
  return Object.keys(value)
    .filter((key) => !known.has(key))
    .map((key) => `${prefix}${key} is not an option`);
}

function optional(
  owner: object,
  key: string,
  check: (value: unknown) => readonly string[],
): readonly string[] {
  const value = columnValue(owner, key);
  return value === undefined ? [] : check(value);
}

function checkSchema(schema: unknown): readonly string[] {
  // Some libraries make their schemas functions.
  const standard =
    isObject(schema) || typeof schema === 'function' ? Reflect.get(schema, '~standard') : undefined;
  const fits = isObject(standard) && typeof Reflect.get(standard, 'validate') === 'function';
  return fits ? [] : ['schema must implement Standard Schema v1'];
}

function checkColumn(column: unknown, key: string): readonly string[] {
  return typeof column === 'string' && column !== '' ? [] : [`${key} must name a column`];
}

function checkPhone(phone: unknown): readonly string[] {
  if (!isObject(phone)) return checkColumn(phone, 'phone');
  const from = columnValue(phone, 'from');
  return [
    ...unknownKeys(phone, new Set(['from', 'value']), 'phone.'),
    ...(typeof from === 'string' ? checkColumn(from, 'phone.from') : checkTexts(from, 'phone.from')),
    ...(typeof columnValue(phone, 'value') === 'function' ? [] : ['phone.value must be a function']),
  ];
}

function checkEligible(rule: unknown): readonly string[] {
  if (!isObject(rule)) return ['eligible must be an object'];
  return [
    ...unknownKeys(rule, new Set(['from', 'decide']), 'eligible.'),
    ...checkTexts(columnValue(rule, 'from'), 'eligible.from'),
    ...(typeof columnValue(rule, 'decide') === 'function' ? [] : ['eligible.decide must be a function']),
  ];
}

function checkLength(length: unknown): readonly string[] {
  return Number.isSafeInteger(length) && Number(length) > 0
    ? []
    : ['maxTextLength must be a positive integer'];
}

function checkTexts(texts: unknown, key: string): readonly string[] {
  const fits = Array.isArray(texts) && texts.every((text) => typeof text === 'string' && text !== '');
  return fits ? [] : [`${key} must be a list of texts`];
}

function checkFields(fields: unknown): readonly string[] {
  if (!isObject(fields)) return ['fields must be an object'];
  return Object.entries(fields).flatMap(([name, field]) => [...checkName(name), ...checkField(name, field)]);
}

function checkName(name: string): readonly string[] {
  const fits = name !== '__proto__' && /^[^\p{Cc}\p{Cs}]+$/u.test(name) && name === name.trim();
  return fits ? [] : [`${JSON.stringify(name)} cannot be the name of a field`];
}

function checkField(name: string, field: unknown): readonly string[] {
  const at = `fields.${name}`;
  if (!isObject(field)) return [`${at} must be an object`];
  const type = columnValue(field, 'type');
  if (typeof type !== 'string' || !fieldTypes.includes(type))
    return [`${at}.type must be one of ${fieldTypes.join(', ')}`];
  const known = new Set([...fieldKeys, ...(ownKeys[type] ?? [])]);
  return [
    ...unknownKeys(field, known, `${at}.`),
    ...(type === 'money' ? checkMoneySource(field, at) : checkSource(field, at)),
    ...optional(field, 'missing', (missing) =>
      missing === 'clear' || missing === 'leave' ? [] : [`${at}.missing must be clear or leave`],
    ),
    ...optional(field, 'unit', (unit) =>
      unit === 'major' || unit === 'minor' ? [] : [`${at}.unit must be major or minor`],
    ),
    ...optional(field, 'min', (min) => (Number.isFinite(min) ? [] : [`${at}.min must be a number`])),
    ...optional(field, 'default', (value) =>
      fitsType(type, value) ? [] : [`${at}.default must be a ${type}`],
    ),
  ];
}

function checkSource(field: object, at: string): readonly string[] {
  const from = columnValue(field, 'from');
  const computed = columnValue(field, 'value');
  if (computed !== undefined && typeof computed !== 'function') return [`${at}.value must be a function`];
  if (typeof from === 'string') return checkColumn(from, `${at}.from`);
  if (computed === undefined) return [`${at}.from must name a column, or value must compute it`];
  return checkTexts(from, `${at}.from`);
}

function checkMoneySource(field: object, at: string): readonly string[] {
  const from = columnValue(field, 'from');
  if (columnValue(field, 'value') !== undefined) return [`${at}.value is not an option of money`];
  if (!isObject(from)) return [`${at}.from must name amount and currency`];
  return [
    ...unknownKeys(from, new Set(['amount', 'currency']), `${at}.from.`),
    ...['amount', 'currency'].flatMap((key) => checkColumn(columnValue(from, key), `${at}.from.${key}`)),
  ];
}

/** A default is written as it stands, so it must already have the form in which values are written. */
function fitsType(type: string, value: unknown): boolean {
  const rules = { maxTextLength: Number.POSITIVE_INFINITY, sentinels: new Set<string>() };
  switch (type) {
    case 'number':
    case 'boolean':
      return typeof value === type && !Number.isNaN(value);
    case 'text':
    case 'money':
      return typeof value === 'string' && sameWhenRead('text', value);
    case 'email':
    case 'date':
    case 'datetime':
      return sameWhenRead(type, value);
    default:
      return false;
  }

  function sameWhenRead(kind: 'text' | 'email' | 'date' | 'datetime', raw: unknown): boolean {
    const reading = readRaw({ type: kind, from: '' }, raw, rules);
    return reading.kind === 'value' && reading.value === raw;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
