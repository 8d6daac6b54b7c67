import { describe, expect, it } from 'vitest';
import { checkDefinition } from './check-definition.ts';

const schema = { '~standard': { version: 1, vendor: 'test', validate: () => ({ value: {} }) } };
const good = { schema, orderId: 'id', phone: 'phone', rank: 'at', fields: {} };

function problemsOf(definition: object): readonly string[] {
  try {
    checkDefinition(definition);
    return [];
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    expect(error.message).toMatch(/^defineMapping: /);
    return error.message.slice('defineMapping: '.length).split('; ');
  }
}

function problemsOfField(field: unknown): readonly string[] {
  return problemsOf({ ...good, fields: { f: field } });
}

it('passes a good definition', () => {
  const fields = {
    a: { type: 'text', from: 'a', missing: 'leave', default: 'x' },
    b: { type: 'email', from: 'a', default: 'a@example.test' },
    c: { type: 'number', from: ['a'], value: () => 1, min: 0, default: 1.5 },
    d: { type: 'date', from: 'a', default: '2026-03-04', missing: 'clear' },
    e: { type: 'datetime', from: 'a', default: '2026-03-04T00:00:00.000Z' },
    f: { type: 'boolean', from: 'a', default: false, value: undefined },
    g: { type: 'money', from: { amount: 'a', currency: 'b' }, default: '0.00 USD' },
  };
  const eligible = { from: [], decide: () => ({ eligible: true }) };
  const all = { ...good, fields, eligible, name: 'n', email: undefined, maxTextLength: 1, sentinels: [] };
  expect(problemsOf(good)).toEqual([]);
  expect(problemsOf(all)).toEqual([]);
  expect(problemsOf({ ...good, schema: Object.assign(() => null, schema) })).toEqual([]);
});

it('lists everything that is wrong at once', () => {
  const wrong = {
    orderId: '',
    phone: 1,
    extra: 1,
    name: '',
    email: 2,
    maxTextLength: 0,
    sentinels: 'x',
    eligible: 1,
  };
  expect(problemsOf(wrong)).toEqual([
    'extra is not an option',
    'schema must implement Standard Schema v1',
    'orderId must name a column',
    'phone must name a column',
    'rank must name a column',
    'name must name a column',
    'email must name a column',
    'eligible must be an object',
    'maxTextLength must be a positive integer',
    'sentinels must be a list of texts',
    'fields must be an object',
  ]);
});

describe('options', () => {
  it.each([1.5, -1, '9', Number.POSITIVE_INFINITY])('maxTextLength %s is refused', (maxTextLength) => {
    expect(problemsOf({ ...good, maxTextLength })).toEqual(['maxTextLength must be a positive integer']);
  });

  it.each([[['']], [[1]], [{}]])('sentinels %j are refused', (sentinels) => {
    expect(problemsOf({ ...good, sentinels })).toEqual(['sentinels must be a list of texts']);
  });

  it.each([[{}], [{ '~standard': null }], [{ '~standard': {} }], [null]])(
    'the schema %j is refused',
    (other) => {
      expect(problemsOf({ ...good, schema: other })).toEqual(['schema must implement Standard Schema v1']);
    },
  );

  it('a phone rule names its columns and computes', () => {
    const value = () => '1';
    expect(problemsOf({ ...good, phone: { from: 'a', value } })).toEqual([]);
    expect(problemsOf({ ...good, phone: { from: ['a', 'b'], value } })).toEqual([]);
    expect(problemsOf({ ...good, phone: { from: [1], value: 1, code: '44' } })).toEqual([
      'phone.code is not an option',
      'phone.from must be a list of texts',
      'phone.value must be a function',
    ]);
    expect(problemsOf({ ...good, phone: {} })).toHaveLength(2);
  });

  it('columns are a list', () => {
    expect(problemsOf({ ...good, columns: ['a'] })).toEqual([]);
    expect(problemsOf({ ...good, columns: 'a' })).toEqual(['columns must be a list of texts']);
  });

  it('a unit belongs to money', () => {
    const from = { amount: 'a', currency: 'b' };
    expect(problemsOfField({ type: 'money', from, unit: 'minor' })).toEqual([]);
    expect(problemsOfField({ type: 'money', from, unit: 'cents' })).toEqual([
      'fields.f.unit must be major or minor',
    ]);
    expect(problemsOfField({ type: 'text', from: 'a', unit: 'minor' })).toContain(
      'fields.f.unit is not an option',
    );
  });

  it('an eligibility rule names its columns and decides', () => {
    expect(problemsOf({ ...good, eligible: { from: 'a', decide: 1, when: 1 } })).toEqual([
      'eligible.when is not an option',
      'eligible.from must be a list of texts',
      'eligible.decide must be a function',
    ]);
  });
});

describe('a field', () => {
  it.each(['', ' a', 'a\n', '\uD800', '__proto__'])('cannot be called %j', (name) => {
    const fields = JSON.parse(`{${JSON.stringify(name)}: {"type": "text", "from": "a"}}`);
    expect(problemsOf({ ...good, fields })).toEqual([
      `${JSON.stringify(name)} cannot be the name of a field`,
    ]);
  });

  it.each<[unknown, readonly string[]]>([
    [null, ['fields.f must be an object']],
    ['text', ['fields.f must be an object']],
    [{}, ['fields.f.type must be one of text, email, number, date, datetime, boolean, money']],
    [
      { type: 'string', from: 'a' },
      ['fields.f.type must be one of text, email, number, date, datetime, boolean, money'],
    ],
    [{ type: 'text' }, ['fields.f.from must name a column, or value must compute it']],
    [{ type: 'text', from: '' }, ['fields.f.from must name a column']],
    [{ type: 'text', from: ['a'] }, ['fields.f.from must name a column, or value must compute it']],
    [{ type: 'text', from: [''], value: () => 1 }, ['fields.f.from must be a list of texts']],
    [{ type: 'text', from: 'a', value: 1 }, ['fields.f.value must be a function']],
    [
      { type: 'text', from: 'a', min: 1, to: 1 },
      ['fields.f.min is not an option', 'fields.f.to is not an option'],
    ],
    [{ type: 'text', from: 'a', missing: 'keep' }, ['fields.f.missing must be clear or leave']],
    [{ type: 'number', from: 'a', min: '1' }, ['fields.f.min must be a number']],
    [{ type: 'money', from: 'a' }, ['fields.f.from must name amount and currency']],
    [
      { type: 'money', from: { amount: 'a', tax: 'b' } },
      ['fields.f.from.tax is not an option', 'fields.f.from.currency must name a column'],
    ],
    [{ type: 'money', from: {}, value: () => 1 }, ['fields.f.value is not an option of money']],
  ])('%j is refused', (field, problems) => {
    expect(problemsOfField(field)).toEqual(problems);
  });

  it.each<[string, unknown]>([
    ['text', 1],
    ['text', ''],
    ['text', ' x'],
    ['email', 'x'],
    ['number', '1'],
    ['number', Number.NaN],
    ['boolean', 'true'],
    ['date', '03/04/2026'],
    ['date', new Date()],
    ['datetime', '2026-03-04'],
    ['datetime', '2026-03-04T00:00Z'],
  ])('of type %s cannot default to %j', (type, value) => {
    expect(problemsOfField({ type, from: 'a', default: value })).toEqual([
      `fields.f.default must be a ${type}`,
    ]);
  });

  it('of type money cannot default to a number', () => {
    const from = { amount: 'a', currency: 'b' };
    expect(problemsOfField({ type: 'money', from, default: 1 })).toEqual([
      'fields.f.default must be a money',
    ]);
  });
});
