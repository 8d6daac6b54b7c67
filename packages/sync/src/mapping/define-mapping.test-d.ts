import * as z from 'zod';
import type { ViziOrder } from '../order/vizi-order.ts';
import { defineMapping } from './define-mapping.ts';
import type { Column } from './definition.ts';
import type { Mapping } from './mapping.ts';

// Compiled with the package: what must not compile is marked as an error that is expected.
const schema = z.looseObject({ id: z.string(), phone: z.string(), at: z.date(), amount: z.number() });
const base = { schema, orderId: 'id', phone: 'phone', rank: 'at', fields: {} } as const;

export const inferred: Mapping<z.infer<typeof schema>> = defineMapping({
  ...base,
  eligible: {
    from: ['amount'],
    decide: (order) => (order.amount > 0 ? { eligible: true } : { eligible: false, reason: 'free' }),
  },
  fields: {
    at: { type: 'datetime', from: 'at' },
    double: { type: 'number', from: ['amount'], value: (order) => order.amount * 2, min: 0 },
    paid: { type: 'money', from: { amount: 'amount', currency: 'id' } },
  },
});

// @ts-expect-error no such column
defineMapping({ ...base, orderId: 'idd' });
// @ts-expect-error no such column
defineMapping({ ...base, name: 'nane' });
// @ts-expect-error no such column
defineMapping({ ...base, fields: { f: { type: 'text', from: 'amuont' } } });
// @ts-expect-error no such column
defineMapping({ ...base, fields: { f: { type: 'money', from: { amount: 'amount', currency: 'curency' } } } });
// @ts-expect-error no such column
defineMapping({ ...base, eligible: { from: ['amuont'], decide: () => ({ eligible: true }) } });
const typed = { ...base, schema: z.object({ id: z.string(), phone: z.string(), at: z.date() }) };
// @ts-expect-error no such property
defineMapping({ ...typed, fields: { f: { type: 'number', from: 'at', value: (order) => order.att } } });
// @ts-expect-error no such type
defineMapping({ ...base, fields: { f: { type: 'string', from: 'id' } } });
// @ts-expect-error no such option
defineMapping({ ...base, maxLength: 3 });
// @ts-expect-error a smallest value belongs to numbers
defineMapping({ ...base, fields: { f: { type: 'text', from: 'id', min: 1 } } });

export const named: Column<{ a: string; 1: string; [key: string]: unknown }> = 'a';
export const untyped: Column<Record<string, unknown>> = 'anything';
// @ts-expect-error a typo, although the type has an index signature
export const typo: Column<{ a: string; [key: string]: unknown }> = 'b';
// @ts-expect-error not a column of the default order
export const unknownColumn: Column<ViziOrder> = 'client_nmae';
