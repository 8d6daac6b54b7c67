import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { defineMapping } from './define-mapping.ts';
import type { FieldDefinition } from './definition.ts';
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

it('a phone rule sees no more than it declares either', () => {
  const value = (row: { phone: string }) => ({ number: row.phone, code: Reflect.get(row, 'country') });
  const mapping = defineMapping<Order>({ ...base, phone: { from: 'phone', value }, fields: {} });
  expect(() => mapping.phoneOf(order)).toThrow('country');
});
