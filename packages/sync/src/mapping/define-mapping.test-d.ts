import * as z from 'zod';
import { onlyBranches, viziEligibility, viziMappingDefinition } from '../order/vizi-mapping.ts';
import type { ViziOrder } from '../order/vizi-order.ts';
import { viziV11MappingDefinition } from '../order/vizi-v11-mapping.ts';
import { defineMapping } from './define-mapping.ts';
import type { Column } from './definition.ts';
import type { Mapping } from './mapping.ts';

// Compiled with the package: what must not compile is marked as an error that is expected.
const schema = z.looseObject({ id: z.string(), phone: z.string(), at: z.date(), amount: z.number() });
const base = { schema, orderId: 'id', phone: 'phone', rank: 'at', fields: {} } as const;

const decided = (amount: number) =>
  amount > 0 ? ({ eligible: true } as const) : ({ eligible: false, reason: 'free' } as const);

export const inferred: Mapping<z.infer<typeof schema>> = defineMapping({
  ...base,
  eligible: {
    from: ['amount'],
    decide: (order) => decided(order.amount),
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

// A function sees the columns that its `from` names, in one text, in a list, and with `from` after it.
export const seeing = defineMapping({
  ...base,
  phone: { from: ['id', 'phone'], value: (order) => ({ code: order.id, number: order.phone }) },
  fields: {
    one: { type: 'text', from: 'id', value: (order) => order.id.length },
    two: { type: 'text', from: ['id', 'at'], value: ({ id, at }) => id + at.getTime() },
    none: { type: 'text', from: [], value: () => 'web' },
    late: { value: (order) => order.amount.toFixed(), from: ['amount'], type: 'text' },
  },
});
// @ts-expect-error a column that `from` does not name
defineMapping({ ...base, fields: { f: { type: 'text', from: 'id', value: (order) => order.amount } } });
// @ts-expect-error a column that `from` does not name
defineMapping({ ...base, fields: { f: { type: 'text', from: ['id'], value: ({ amount }) => amount } } });
// @ts-expect-error no column at all
defineMapping({ ...base, fields: { f: { type: 'text', from: [], value: ({ amount }) => amount } } });
// @ts-expect-error a column that `from` does not name
defineMapping({ ...base, eligible: { from: ['id'], decide: ({ amount }) => decided(amount) } });
// @ts-expect-error a column that `from` does not name
defineMapping({ ...base, phone: { from: ['id'], value: (order) => order.phone } });
// @ts-expect-error no such column
defineMapping({ ...base, phone: { from: ['phnoe'], value: () => null } });
const phoneOfId = (order: { id: string }) => order.id;
defineMapping({ ...base, phone: { from: 'id', value: phoneOfId } });
// @ts-expect-error a function that needs more than `from` names
defineMapping({ ...base, phone: { from: 'phone', value: phoneOfId } });
const price = { type: 'money', from: { amount: 'amount', currency: 'id' } } as const;
// @ts-expect-error no such unit
defineMapping({ ...base, fields: { price: { ...price, unit: 'cents' } } });
// @ts-expect-error no such column
defineMapping({ ...base, columns: ['amuont'] });

// Presets are built upon, and their rules used for orders that have more columns.
export const onPreset: Mapping<ViziOrder> = defineMapping({
  ...viziMappingDefinition,
  eligible: onlyBranches(['il'], viziEligibility),
  fields: {
    ...viziMappingDefinition.fields,
    market: { type: 'text', from: ['branch'], value: ({ branch }) => branch?.toUpperCase() },
  },
});
defineMapping({
  ...viziMappingDefinition,
  // @ts-expect-error a column that `from` does not name
  fields: { market: { type: 'text', from: ['branch'], value: (order) => order.domain } },
});
export const later = defineMapping({ ...viziV11MappingDefinition, eligible: viziEligibility });

type Visa = 'T' | 'B';
export const words: Record<Visa, string> = { T: 'tourist', B: 'business' };
// @ts-expect-error a member has no word
export const fewWords: Record<Visa, string> = { T: 'tourist' };

export const named: Column<{ a: string; 1: string; [key: string]: unknown }> = 'a';
export const untyped: Column<Record<string, unknown>> = 'anything';
// @ts-expect-error a typo, although the type has an index signature
export const typo: Column<{ a: string; [key: string]: unknown }> = 'b';
// @ts-expect-error not a column of the default order
export const unknownColumn: Column<ViziOrder> = 'client_nmae';
