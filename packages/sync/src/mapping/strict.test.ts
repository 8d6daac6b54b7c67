import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { defineMapping } from './define-mapping.ts';
import type { FieldDefinition } from './definition.ts';
import type { StandardSchema } from './standard-schema.ts';
import { MappingPartFailed } from './try-mapping.ts';

interface Order {
  readonly id: string;
  readonly phone: string;
  readonly at: string;
  readonly city: string;
  readonly country: string;
}

const text = z.string();
const schema = z.object({ id: text, phone: text, at: text, city: text, country: text });
const order = schema.parse({ id: 'A', phone: '1', at: '2', city: 'Oslo', country: 'Norway' });
const base = { schema, orderId: 'id', phone: 'phone', rank: 'at' } as const;

function read(field: FieldDefinition<Order>, strict?: boolean) {
  const mapping = defineMapping<Order>({
    ...base,
    fields: { place: field },
    ...(strict === undefined ? {} : { strict }),
  });
  try {
    return mapping.desiredContact(order).fields.place;
  } catch (error) {
    if (error instanceof MappingPartFailed) return error.failure;
    throw error;
  }
}

describe('a computed field', () => {
  it('sees the columns that it declares', () => {
    const value = (row: Order) => `${row.city}, ${Object.keys(row).join()}`;
    const both = read({ type: 'text', from: ['city', 'country'], value });
    expect(both).toEqual({ kind: 'set', value: 'Oslo, city,country' });
  });

  it('fails by name where it reads another, because a change of that one would not be seen', () => {
    const field: FieldDefinition<Order> = { type: 'text', from: ['city'], value: (row) => row.country };
    expect(read(field)).toEqual({ part: 'place', error: 'UndeclaredColumn country' });
    expect(read(field, false)).toEqual({ kind: 'set', value: 'Norway' });
  });

  it('may be turned into text, and reads frozen orders', () => {
    const value = (row: Order) => JSON.stringify(row);
    const shown = read({ type: 'text', from: ['city'], value });
    expect(shown).toEqual({ kind: 'set', value: '{"city":"Oslo"}' });
  });

  it('that throws says where, and by which class, and nothing of the order', () => {
    const value = (row: Order) => {
      throw new RangeError(`no such city: ${row.city}`);
    };
    expect(read({ type: 'text', from: 'city', value })).toEqual({ part: 'place', error: 'RangeError' });
  });
});

it('an eligibility rule sees no more than it declares either', () => {
  const mapping = defineMapping<Order>({
    ...base,
    fields: {},
    eligible: {
      from: ['city'],
      decide: (row) => (row.country === 'Norway' ? { eligible: true } : { eligible: false, reason: 'no' }),
    },
  });
  expect(() => mapping.eligibilityOf(order)).toThrow('country');
});

it('a schema that throws refuses the row by its class', () => {
  const validate = (): never => {
    throw new TypeError('with customer data');
  };
  const throwing: StandardSchema<Order> = { '~standard': { version: 1, vendor: 'test', validate } };
  const mapping = defineMapping<Order>({ ...base, schema: throwing, fields: {} });
  expect(mapping.parse(order)).toEqual({ ok: false, problems: ['the schema threw TypeError'] });
});

it('a zod schema that throws, which zod then runs once more as a promise, refuses the row too', () => {
  const throwing = z.string().transform((value) => {
    throw new TypeError(`not ${value}`);
  });
  const id = z.object({ id: throwing, phone: text, at: text });
  const parsed = defineMapping({ ...base, schema: id, fields: {} }).parse(order);
  expect(parsed.ok).toBe(false);
  expect(JSON.stringify(parsed)).not.toContain('not A');
});
