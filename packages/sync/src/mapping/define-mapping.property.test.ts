import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { defineMapping } from './define-mapping.ts';
import type { FieldDefinition } from './definition.ts';

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

it('whatever an order holds, nothing is thrown, no control character comes out, and it comes out the same twice', {
  timeout: 60_000,
}, () => {
  const types = ['text', 'email', 'number', 'date', 'datetime', 'boolean'] as const;
  const mapping = defineMapping({
    ...base,
    name: 'a',
    email: 'b',
    fields: {
      ...Object.fromEntries(
        types.map((type): [string, FieldDefinition<Order>] => [type, { type, from: 'a' }]),
      ),
      money: { type: 'money', from: { amount: 'a', currency: 'b' } },
    },
  });
  const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.anything({ withDate: true, withBigInt: true }));
  fc.assert(
    fc.property(cell, cell, (a, b) => {
      const contact = mapping.desiredContact(order({ a, b }));
      const texts = Object.values(contact.fields).flatMap((intent) =>
        intent.kind === 'set' ? [String(intent.value)] : [],
      );
      expect([...texts, contact.name, contact.email].join('')).not.toMatch(/[\p{Cc}\p{Cs}]/u);
      expect(mapping.desiredContact(order({ a, b }))).toEqual(contact);
      expect(mapping.desiredContact(order({ a: contact.name, b: contact.email })).name).toBe(contact.name);
    }),
    { numRuns: 300 },
  );
});
