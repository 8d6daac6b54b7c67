import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { viziMapping } from '../order/vizi-mapping.ts';
import { viziV11Mapping } from '../order/vizi-v11-mapping.ts';
import { defineMapping } from './define-mapping.ts';
import type { StandardSchema } from './standard-schema.ts';

const text = z.string();
const columns = { id: text, phone: text, at: text, city: text };
const booking = z.object({
  ...columns,
  total: z.number(),
  status: z.enum(['new', 'paid']),
  note: text.nullish(),
});
const definition = {
  schema: booking,
  orderId: 'id',
  phone: 'phone',
  rank: 'at',
  fields: { city: { type: 'text', from: 'city' } },
} as const;

/** What a store gives: the columns that the mapping names, and no others. */
function rowFor(mapping: { watchedColumns: readonly string[] }): Record<string, unknown> {
  const table: Record<string, unknown> = { city: 'Oslo', total: 5, status: 'paid', phone: '1', note: null };
  return Object.fromEntries([
    ['id', 'A'],
    ['at', '2026'],
    ...mapping.watchedColumns.map((column) => [column, table[column]]),
  ]);
}

describe('columns that only the schema needs', () => {
  it('are read and watched where it requires them of every row, and no others', () => {
    const mapping = defineMapping(definition);
    expect(mapping.watchedColumns).toEqual(['phone', 'city', 'total', 'status']);
    expect(mapping.parse(rowFor(mapping))).toMatchObject({ ok: true });
  });

  it('are asked of schemas of any library', () => {
    const issues = [
      { message: '', path: [{ key: 'total' }] },
      { message: '', path: ['at'] },
      { message: '' },
    ];
    const schema: StandardSchema<z.infer<typeof booking>> = {
      '~standard': { version: 1, vendor: 'test', validate: () => ({ issues }) },
    };
    expect(defineMapping({ ...definition, schema }).watchedColumns).toEqual(['phone', 'city', 'total']);
  });

  it('are named where only a row shows that they are needed, and can be listed', () => {
    const schema = z.union([booking, z.object({ ...columns, total: z.null() })]).and(z.object(columns));
    const union = defineMapping({ ...definition, schema });
    expect(union.parse(rowFor(union)).ok).toBe(false);
    const paid = z
      .object(columns)
      .and(
        z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('free') }),
          z.object({ kind: z.literal('paid'), total: z.number() }),
        ]),
      );
    const mapping = defineMapping({ ...definition, schema: paid });
    expect(mapping.watchedColumns).toEqual(['phone', 'city', 'kind']);
    expect(mapping.parse({ ...rowFor(mapping), kind: 'paid' })).toEqual({
      ok: false,
      problems: ['total is not read: name it in "columns" of the mapping'],
    });
    const listed = defineMapping({
      ...definition,
      schema: booking,
      columns: ['total', 'status', 'id', 'at'],
    });
    expect(listed.watchedColumns).toEqual(['phone', 'city', 'total', 'status']);
  });

  it('are not looked for where a schema throws at an empty row, or is asynchronous', () => {
    const touchy = z.preprocess((row) => ({ ...Object(row), city: Object(row).city.trim() }), booking);
    expect(defineMapping({ ...definition, schema: touchy }).watchedColumns).toEqual(['phone', 'city']);
    const slow: StandardSchema<z.infer<typeof booking>> = {
      '~standard': { version: 1, vendor: 'test', validate: () => Promise.reject(new Error('no')) },
    };
    expect(defineMapping({ ...definition, schema: slow }).watchedColumns).toEqual(['phone', 'city']);
  });

  it('are none for the presets: their tables differ', () => {
    for (const mapping of [viziMapping, viziV11Mapping]) {
      expect(mapping.parse(Object.fromEntries(['order_id'].map((id) => [id, 'A']))).ok).toBe(true);
      expect(mapping.watchedColumns).not.toContain('entry_port');
    }
  });
});

describe('a mapped column', () => {
  it('that the schema drops is no missing value', () => {
    const dropping: StandardSchema<z.infer<typeof booking>> = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (row) => ({ value: JSON.parse(JSON.stringify({ ...Object(row), city: undefined })) }),
      },
    };
    const mapping = defineMapping({ ...definition, schema: dropping });
    const problems = ['city is dropped by the schema'];
    expect(mapping.parse(rowFor(mapping))).toEqual({ ok: false, problems });
    const { city: _, ...row } = rowFor(mapping);
    expect(mapping.parse(row)).toEqual({ ok: false, problems: ['city is absent'] });
  });
});
