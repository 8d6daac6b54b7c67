import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFieldValue } from './decode-field-value.ts';
import { encodeFieldValue } from './encode-field-value.ts';
import { type FieldType, fieldTypeCode, fieldTypeOf, fieldTypes } from './field-type.ts';

const field = (type: FieldType | null, options: readonly string[] | null = null) => ({ type, options });

describe('a value that fits its field', () => {
  it.each([
    ['text', 'india', 'india'],
    ['long_text', 'two\nlines', 'two\nlines'],
    ['number', 2, '2'],
    ['number', -1.5, '-1.5'],
    ['date', '2026-02-28', '1772236800'],
    ['date', '1969-12-31', '-86400'],
    ['datetime', '2025-08-20T10:00:00.000Z', '1755684000'],
    ['datetime', '2025-08-20T12:00:00+02:00', '1755684000'],
    ['datetime', '2025-08-20T10:00Z', '1755684000'],
    ['boolean', true, '1'],
    ['boolean', false, '0'],
    ['select', 'he', 'he'],
    ['multi_select', 'eta,evisa', 'eta,evisa'],
    ['multi_select', 'eta, evisa', 'eta,evisa'],
  ] as const)('of type %s: %s is sent as %s', (type, value, sent) => {
    expect(encodeFieldValue(field(type), value)).toBe(sent);
  });

  it.each([
    ['select', ['en', 'he'], 'he', 'he'],
    ['multi_select', ['evisa', 'eta'], 'eta,evisa', 'eta,evisa'],
  ] as const)('of type %s must be among the options where they are known', (type, options, value, sent) => {
    expect(encodeFieldValue(field(type, options), value)).toBe(sent);
    expect(encodeFieldValue(field(type, options), 'other')).toBeNull();
    expect(encodeFieldValue(field(type, options), `${value},other`)).toBeNull();
  });
});

describe('a value that does not fit its field is not sent', () => {
  it.each([
    ['text', 2],
    ['text', true],
    ['text', ''],
    ['long_text', 2],
    ['number', '2'],
    ['number', true],
    ['number', Number.NaN],
    ['number', Number.POSITIVE_INFINITY],
    ['number', 1e21],
    ['date', 20260228],
    ['date', '2026-02-30'],
    ['date', '2026-13-01'],
    ['date', '28/02/2026'],
    ['date', '2026-02-28T00:00:00Z'],
    ['datetime', '2026-02-28'],
    ['datetime', '2026-02-28T10:00:00'],
    ['datetime', '2026-02-30T10:00:00Z'],
    ['datetime', '2026-02-28T25:00:00Z'],
    ['datetime', 1755684000],
    ['boolean', '1'],
    ['boolean', 1],
    ['select', 2],
    ['multi_select', 2],
    ['multi_select', ''],
    [null, 'anything'],
  ] as const)('%s: %s', (type, value) => {
    expect(encodeFieldValue(field(type), value)).toBeNull();
  });
});

describe('a value that was read', () => {
  it.each([
    ['text', 'india', 'india'],
    ['text', 5, '5'],
    ['text', '', null],
    ['text', null, null],
    ['number', '2', 2],
    ['number', 2.5, 2.5],
    ['number', 'many', 'many'],
    ['date', '1772236800', '2026-02-28'],
    ['date', 1772236800, '2026-02-28'],
    ['date', '2026-02-28', '2026-02-28'],
    ['datetime', '1755684000', '2025-08-20T10:00:00.000Z'],
    ['datetime', 'soon', 'soon'],
    ['boolean', '1', true],
    ['boolean', true, true],
    ['boolean', '0', false],
    ['boolean', false, false],
    ['boolean', 'maybe', 'maybe'],
    ['select', 'he', 'he'],
    ['multi_select', ['eta', 'evisa'], 'eta,evisa'],
    ['multi_select', 'eta, evisa', 'eta,evisa'],
    ['multi_select', [], null],
    [null, 'as it is', 'as it is'],
  ] as const)('of type %s: %s reads as %s', (type, raw, value) => {
    expect(decodeFieldValue(type, raw)).toBe(value);
  });

  it('is the value that was written', () => {
    const seconds = fc.integer({ min: -2_000_000_000, max: 4_000_000_000 });
    const instant = seconds.map((time) => new Date(time * 1000).toISOString());
    const written = fc.oneof(
      fc.tuple(fc.constant('text' as const), fc.string({ minLength: 1 })),
      fc.tuple(fc.constant('number' as const), fc.double({ min: -1e9, max: 1e9, noNaN: true })),
      fc.tuple(fc.constant('boolean' as const), fc.boolean()),
      fc.tuple(fc.constant('datetime' as const), instant),
      fc.tuple(
        fc.constant('date' as const),
        instant.map((text) => text.slice(0, 10)),
      ),
    );
    fc.assert(
      fc.property(written, ([type, value]) => {
        const sent = encodeFieldValue(field(type), value);
        if (sent !== null) expect(decodeFieldValue(type, sent)).toEqual(value === 0 ? 0 : value);
      }),
    );
  });
});

describe('field types', () => {
  it('stand for the codes 0 to 7', () => {
    expect(fieldTypes.map(fieldTypeCode)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(fieldTypeOf(3)).toBe('datetime');
  });

  it.each([-1, 8, 1.5])('unknown code %s is no type', (code) => {
    expect(fieldTypeOf(code)).toBeNull();
  });
});
