import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { defineMapping } from './define-mapping.ts';
import type { FieldDefinition, MappingDefinition } from './definition.ts';

const schema = z.looseObject({
  id: z.union([z.string(), z.number(), z.bigint(), z.null()]),
  phone: z.unknown(),
  at: z.string(),
  a: z.unknown(),
  b: z.unknown(),
});
type Order = z.infer<typeof schema>;

const base = { schema, orderId: 'id', phone: 'phone', rank: 'at', fields: {} } as const;

function order(columns: Partial<Order> = {}): Order {
  return { id: 'A1', phone: null, at: '', a: null, b: null, ...columns };
}

function map(
  field: FieldDefinition<Order>,
  columns: Partial<Order>,
  rest: Partial<MappingDefinition<Order>> = {},
) {
  const contact = defineMapping<Order>({ ...base, ...rest, fields: { f: field } }).desiredContact(
    order(columns),
  );
  return { intent: contact.fields.f, problems: contact.problems };
}

describe('a field', () => {
  it.each<[FieldDefinition<Order>['type'], unknown, unknown, string]>([
    ['text', ' x ', 'x', 'not_text'],
    ['email', 'a@example.test', 'a@example.test', 'not_text'],
    ['number', '2', 2, 'not_a_number'],
    ['date', '2026-03-04', '2026-03-04', 'not_a_date'],
    ['datetime', '2026-03-04T00:00Z', '2026-03-04T00:00:00.000Z', 'not_a_date'],
    ['boolean', 1, true, 'not_a_boolean'],
  ])('of type %s is read by its type', (type, raw, value, problem) => {
    if (type === 'money') return;
    const missing = { intent: { kind: 'clear' }, problems: [{ field: 'f', problem }] };
    expect(map({ type, from: 'a' }, { a: raw })).toEqual({ intent: { kind: 'set', value }, problems: [] });
    expect(map({ type, from: 'a' }, { a: {} })).toEqual(missing);
    expect(map({ type, from: ['a', 'b'], value: (read) => read.b }, { b: raw }).intent).toEqual({
      kind: 'set',
      value,
    });
    const throwing = () => {
      throw new Error('no such property');
    };
    expect(() => map({ type, from: 'a', value: throwing }, {})).toThrow('f (Error)');
  });

  it('of type money joins two columns', () => {
    const money = { type: 'money', from: { amount: 'a', currency: 'b' } } as const;
    expect(map(money, { a: '150', b: 'gbp' }).intent).toEqual({ kind: 'set', value: '150.00 GBP' });
    expect(map(money, { a: '150', b: '?' }).problems).toEqual([{ field: 'f', problem: 'unknown_currency' }]);
  });

  it('that is missing is cleared, left, or set to its default', () => {
    expect(map({ type: 'text', from: 'a' }, {}).intent).toEqual({ kind: 'clear' });
    expect(map({ type: 'text', from: 'a', missing: 'clear' }, {}).intent).toEqual({ kind: 'clear' });
    expect(map({ type: 'text', from: 'a', missing: 'leave' }, {}).intent).toEqual({ kind: 'leave' });
    expect(map({ type: 'text', from: 'a', missing: 'leave', default: 'x' }, {}).intent).toEqual({
      kind: 'set',
      value: 'x',
    });
    expect(map({ type: 'number', from: 'a', default: 0 }, { a: 'many' })).toEqual({
      intent: { kind: 'set', value: 0 },
      problems: [{ field: 'f', problem: 'not_a_number' }],
    });
  });

  it('of type number has a smallest value where one is given', () => {
    expect(map({ type: 'number', from: 'a' }, { a: -1 }).intent).toEqual({ kind: 'set', value: -1 });
    expect(map({ type: 'number', from: 'a', min: 2 }, { a: 1 }).intent).toEqual({ kind: 'clear' });
    expect(map({ type: 'number', from: 'a', min: 0 }, { a: -1 }).problems).toEqual([
      { field: 'f', problem: 'out_of_range' },
    ]);
  });

  it('is measured by maxTextLength', () => {
    expect(map({ type: 'text', from: 'a' }, { a: 'x'.repeat(256) }).problems).toEqual([
      { field: 'f', problem: 'too_long' },
    ]);
    expect(map({ type: 'text', from: 'a' }, { a: 'xyz' }, { maxTextLength: 3 }).problems).toEqual([]);
    expect(map({ type: 'text', from: 'a' }, { a: 'wxyz' }, { maxTextLength: 3 }).problems).toEqual([
      { field: 'f', problem: 'too_long' },
    ]);
  });

  it('is missing where it holds a sentinel', () => {
    for (const a of ['Unknown', 'unknown@example.com', '0000000000']) {
      expect(map({ type: 'text', from: 'a' }, { a })).toEqual({ intent: { kind: 'clear' }, problems: [] });
    }
    const sentinels = { sentinels: ['TBD'] };
    expect(map({ type: 'text', from: 'a' }, { a: 'tbd' }, sentinels).intent).toEqual({ kind: 'clear' });
    expect(map({ type: 'text', from: 'a' }, { a: 'Unknown' }, sentinels).intent).toEqual({
      kind: 'set',
      value: 'Unknown',
    });
  });
});

describe('name and e-mail of the contact', () => {
  const mapping = defineMapping({ ...base, name: 'a', email: 'b' });

  it('are set where the order has them', () => {
    expect(mapping.desiredContact(order({ a: ' Noa ', b: 'noa@example.test' }))).toEqual({
      name: 'Noa',
      email: 'noa@example.test',
      fields: {},
      problems: [],
    });
  });

  it('are left out where they are missing or unusable', () => {
    expect(Object.keys(mapping.desiredContact(order()))).toEqual(['fields', 'problems']);
    expect(mapping.desiredContact(order())).toEqual({ fields: {}, problems: [] });
    expect(mapping.desiredContact(order({ a: {}, b: 'noa' }))).toEqual({
      fields: {},
      problems: [
        { field: 'name', problem: 'not_text' },
        { field: 'email', problem: 'not_text' },
      ],
    });
  });

  it('that are custom fields too have their problem told once', () => {
    const both = defineMapping({
      ...base,
      name: 'a',
      fields: { name: { type: 'text', from: 'a' }, other: { type: 'text', from: 'a' } },
    });
    expect(both.desiredContact(order({ a: {} })).problems).toEqual([
      { field: 'name', problem: 'not_text' },
      { field: 'other', problem: 'not_text' },
    ]);
  });

  it('are left out where they are not mapped', () => {
    expect(defineMapping(base).desiredContact(order({ a: 'Noa' }))).toEqual({ fields: {}, problems: [] });
  });
});

describe('the columns', () => {
  it('that are watched are those that contact, phone and eligibility are computed from, each once', () => {
    const mapping = defineMapping({
      ...base,
      name: 'a',
      email: 'b',
      eligible: { from: ['id', 'a'], decide: () => ({ eligible: true }) },
      fields: {
        one: { type: 'text', from: 'a' },
        two: { type: 'text', from: ['b', 'at'], value: () => null },
        three: { type: 'money', from: { amount: 'a', currency: 'b' } },
      },
    });
    expect(mapping.watchedColumns).toEqual(['phone', 'a', 'b', 'id', 'at']);
    expect(mapping.fieldNames).toEqual(['one', 'two', 'three']);
    expect(mapping.orderIdColumn).toBe('id');
    expect(mapping.rankColumn).toBe('at');
    const bare = { ...base, columns: [] };
    expect(defineMapping(bare).watchedColumns).toEqual(['phone']);
    const { watchedColumns } = defineMapping({
      ...bare,
      fields: { m: { type: 'money', from: { amount: 'a', currency: 'b' } } },
    });
    expect(watchedColumns).toEqual(['phone', 'a', 'b']);
  });

  it('of a phone that is put together are watched, all of them', () => {
    const phone = { from: ['b', 'a'], value: () => '1' } as const;
    expect(defineMapping({ ...base, phone, columns: [] }).watchedColumns).toEqual(['b', 'a']);
    const one = { from: 'a', value: () => '1' } as const;
    expect(defineMapping({ ...base, phone: one, columns: [] }).watchedColumns).toEqual(['a']);
  });
});

it('a bad definition is refused', () => {
  expect(() => defineMapping({ ...base, sentinels: [''], maxTextLength: 0 })).toThrow(
    new TypeError(
      'defineMapping: maxTextLength must be a positive integer; sentinels must be a list of texts',
    ),
  );
});

describe('a row', () => {
  const mapping = defineMapping(base);

  it('is checked by the schema, and a problem names its column alone', () => {
    const secret = 'noa@example.test';
    expect(mapping.parse({ ...order(), at: { [secret]: secret } })).toEqual({
      ok: false,
      problems: ['at is invalid'],
    });
    expect(mapping.parse({ ...order(), at: 1, id: {} })).toEqual({
      ok: false,
      problems: ['id is invalid', 'at is invalid'],
    });
    expect(mapping.parse(secret)).toEqual({ ok: false, problems: ['the row is invalid'] });
    expect(mapping.parse(order())).toEqual({ ok: true, order: order() });
  });

  it('names each column once, also where the schema gives segments as objects', () => {
    const issues = [
      { message: 'x', path: [{ key: 'a' }, 'deep'] },
      { message: 'y', path: ['a'] },
      { message: 'z' },
    ];
    const failing = { '~standard': { version: 1, vendor: 'test', validate: () => ({ issues }) } } as const;
    const untyped = defineMapping({ ...base, schema: failing });
    expect(untyped.parse({})).toEqual({ ok: false, problems: ['a is invalid', 'the row is invalid'] });
  });

  it('needs an order id', () => {
    for (const id of ['A1', 7, 7n]) {
      expect(mapping.parse(order({ id })).ok).toBe(true);
      expect(mapping.orderIdOf(order({ id }))).toBe(String(id));
    }
    for (const id of ['', null])
      expect(mapping.parse(order({ id }))).toEqual({ ok: false, problems: ['id is missing'] });
  });

  it('cannot be checked by an asynchronous schema', () => {
    const asynchronous = defineMapping({ ...base, schema: schema.refine(async () => true) });
    expect(asynchronous.parse(order())).toMatchObject({ ok: false });
  });
});

describe('the phone', () => {
  it.each<[unknown, unknown]>([
    ['0500000101', '0500000101'],
    [972500000101, '972500000101'],
    [972500000101n, '972500000101'],
    [
      { code: '972', number: 500000101 },
      { code: '972', number: '500000101' },
    ],
    [{ number: [] }, { code: null, number: null }],
    [true, null],
    [null, null],
    [undefined, null],
  ])('%s is handed on as %j', (phone, expected) => {
    expect(defineMapping(base).phoneOf(order({ phone }))).toEqual(expected);
  });
});

describe('eligibility', () => {
  it('is the rule that the host gives; without one all orders are', () => {
    const mapping = defineMapping({
      ...base,
      eligible: { from: ['a'], decide: () => ({ eligible: false, reason: 'closed' }) },
    });
    expect(mapping.eligibilityOf(order())).toEqual({ eligible: false, reason: 'closed' });
    expect(defineMapping(base).eligibilityOf(order())).toEqual({ eligible: true });
  });
});
