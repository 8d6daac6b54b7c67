import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText } from './clean-text.ts';
import { readBoolean } from './read-boolean.ts';
import { readDate, readDateTime } from './read-date.ts';
import { readMoney } from './read-money.ts';
import { readNumber } from './read-number.ts';
import { readEmail, readText } from './read-text.ts';
import type { Reading } from './reading.ts';

const rules = { maxTextLength: 255, sentinels: new Set(['unknown', 'unknown@example.com', '0000000000']) };

/** The value itself, `missing`, or the problem. */
function plain(reading: Reading): unknown {
  if (reading.kind === 'value') return reading.value;
  return reading.kind === 'missing' ? 'missing' : `problem: ${reading.problem}`;
}

describe('text', () => {
  it.each<[unknown, unknown]>([
    ['India', 'India'],
    ['  a b\u00A0', 'a b'],
    ['a\u0000b\u001B\u0085c\n', 'abc'],
    ['a\uD83Db\uDE00', 'ab'],
    ['\uD83D\u0000\uDE00x', 'x'],
    ['\u{1F600}', '\u{1F600}'],
    ['\u200Fשלום\u200E', '\u200Fשלום\u200E'],
    [0, '0'],
    [7n, '7'],
    [true, 'true'],
    ['x'.repeat(255), 'x'.repeat(255)],
    ['\u{1F600}'.repeat(255), '\u{1F600}'.repeat(255)],
    ['x'.repeat(256), 'problem: too_long'],
    ['', 'problem: empty'],
    [' \u0000 ', 'problem: empty'],
    [{}, 'problem: not_text'],
    [[], 'problem: not_text'],
    [Number.NaN, 'problem: not_text'],
    [Symbol('x'), 'problem: not_text'],
    [null, 'missing'],
    [undefined, 'missing'],
    ['Unknown', 'missing'],
    [' UNKNOWN@example.com', 'missing'],
    ['0000000000', 'missing'],
    ['unknown street', 'unknown street'],
  ])('%s is read as %s', (raw, expected) => {
    expect(plain(readText(raw, rules))).toBe(expected);
  });

  it('of any content loses its controls and surrogates, and cleaning twice changes nothing', {
    timeout: 60_000,
  }, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const clean = cleanText(text);
        expect(clean).not.toMatch(/[\p{Cc}\p{Cs}]/u);
        expect(cleanText(clean)).toBe(clean);
        expect(clean).toBe(clean.trim());
      }),
    );
  });
});

describe('an e-mail address', () => {
  it.each<[unknown, unknown]>([
    ['ann@example.test', 'ann@example.test'],
    [' Ann.B+c@mail.example.test ', 'Ann.B+c@mail.example.test'],
    ['נועה@דוגמה.test', 'נועה@דוגמה.test'],
    ['unknown@example.com', 'missing'],
    [null, 'missing'],
    ['', 'problem: empty'],
    [' \n', 'problem: empty'],
    ['ann', 'problem: not_text'],
    ['ann@host', 'problem: not_text'],
    ['@example.test', 'problem: not_text'],
    ['a@b@example.test', 'problem: not_text'],
    ['a b@example.test', 'problem: not_text'],
    ['a@.test', 'problem: not_text'],
    ['a@example..test', 'problem: not_text'],
    ['a@example.test.', 'problem: not_text'],
    ['a@exa mple.test', 'problem: not_text'],
    [`${'a'.repeat(241)}@example.test`, `${'a'.repeat(241)}@example.test`],
    [`${'a'.repeat(242)}@example.test`, 'problem: too_long'],
    [{}, 'problem: not_text'],
  ])('%s is read as %s', (raw, expected) => {
    expect(plain(readEmail(raw, rules))).toBe(expected);
  });
});

describe('a number', () => {
  it.each<[unknown, unknown]>([
    [3, 3],
    [-0, 0],
    ['2', 2],
    [' 2.50 ', 2.5],
    ['+2', 2],
    ['007', 7],
    [12n, 12],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    [-1, 'problem: out_of_range'],
    ['-1', 'problem: out_of_range'],
    [2 ** 53, 'problem: out_of_range'],
    ['9'.repeat(40), 'problem: out_of_range'],
    ['9'.repeat(41), 'problem: not_a_number'],
    [Number.NaN, 'problem: not_a_number'],
    [Number.POSITIVE_INFINITY, 'problem: not_a_number'],
    ['', 'problem: empty'],
    [' \u0000 ', 'problem: empty'],
    ['1e3', 'problem: not_a_number'],
    ['0x10', 'problem: not_a_number'],
    ['1,000', 'problem: not_a_number'],
    ['.5', 'problem: not_a_number'],
    ['x1', 'problem: not_a_number'],
    ['1x', 'problem: not_a_number'],
    ['2.', 'problem: not_a_number'],
    [true, 'problem: not_a_number'],
    [[1], 'problem: not_a_number'],
    [null, 'missing'],
    [undefined, 'missing'],
  ])('%s is read as %s', (raw, expected) => {
    expect(plain(readNumber(raw, 0))).toBe(expected);
  });

  it('may be the smallest that is allowed', () => {
    expect(plain(readNumber(1, 1))).toBe(1);
    expect(plain(readNumber(0, 1))).toBe('problem: out_of_range');
    expect(plain(readNumber(-5, Number.NEGATIVE_INFINITY))).toBe(-5);
    expect(plain(readNumber(-(2 ** 53), Number.NEGATIVE_INFINITY))).toBe('problem: out_of_range');
  });
});

describe('a boolean', () => {
  it.each<[unknown, unknown]>([
    [true, true],
    [false, false],
    ['True', true],
    [' false ', false],
    [1, true],
    ['0', false],
    [2, 'problem: not_a_boolean'],
    ['', 'problem: empty'],
    [' \u0000 ', 'problem: empty'],
    ['yes', 'problem: not_a_boolean'],
    [{}, 'problem: not_a_boolean'],
    [null, 'missing'],
    [undefined, 'missing'],
  ])('%s is read as %s', (raw, expected) => {
    expect(plain(readBoolean(raw))).toBe(expected);
  });
});

describe('a calendar date', () => {
  it('of a driver keeps the four digits of its year', () => {
    const early = new Date(2000, 0, 1);
    early.setFullYear(33);
    expect(plain(readDate(early))).toBe('0033-01-01');
  });

  it.each<[unknown, unknown]>([
    ['2026-03-04', '2026-03-04'],
    [' 2026-03-04 ', '2026-03-04'],
    ['2024-02-29', '2024-02-29'],
    ['2000-02-29', '2000-02-29'],
    ['2026-12-31', '2026-12-31'],
    ['2026-06-30', '2026-06-30'],
    ['0001-01-01', '0001-01-01'],
    [new Date(2026, 2, 4), '2026-03-04'],
    [new Date(2026, 11, 31, 23, 59), '2026-12-31'],
    ['2026-02-29', 'problem: not_a_date'],
    ['1900-02-29', 'problem: not_a_date'],
    ['2026-04-31', 'problem: not_a_date'],
    ['2026-09-31', 'problem: not_a_date'],
    ['2026-01-32', 'problem: not_a_date'],
    ['2026-13-01', 'problem: not_a_date'],
    ['2026-00-01', 'problem: not_a_date'],
    ['2026-01-00', 'problem: not_a_date'],
    ['0000-01-01', 'problem: not_a_date'],
    ['03/04/2026', 'problem: not_a_date'],
    ['2026-3-4', 'problem: not_a_date'],
    ['2026-03-04T00:00:00.000Z', 'problem: not_a_date'],
    ['x2026-03-04', 'problem: not_a_date'],
    ['', 'problem: empty'],
    [' \u0000 ', 'problem: empty'],
    [20260304, 'problem: not_a_date'],
    [new Date(Number.NaN), 'problem: not_a_date'],
    [new Date(12026, 1, 1), 'problem: not_a_date'],
    [null, 'missing'],
    [undefined, 'missing'],
  ])('%s is read as %s', (raw, expected) => {
    expect(plain(readDate(raw))).toBe(expected);
  });

  it('comes back from the local midnight that a driver makes of it, on every day', {
    timeout: 60_000,
  }, () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200_000 }), (day) => {
        const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
        const [year = 0, month = 1, dayOfMonth = 1] = date.split('-').map(Number);
        expect(plain(readDate(date))).toBe(date);
        expect(plain(readDate(new Date(year, month - 1, dayOfMonth)))).toBe(date);
      }),
    );
  });
});

describe('an instant', () => {
  it.each<[unknown, unknown]>([
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    ['2025-08-19T10:00:00Z', '2025-08-19T10:00:00.000Z'],
    ['2025-08-19t10:00z', '2025-08-19T10:00:00.000Z'],
    ['2025-08-19 10:00:00.123456+00', '2025-08-19T10:00:00.000Z'],
    ['2025-08-19T10:00:59.999Z', '2025-08-19T10:00:59.000Z'],
    [new Date(-1), '1969-12-31T23:59:59.000Z'],
    ['2025-08-19T10:00:00,5+03:00', '2025-08-19T07:00:00.000Z'],
    [' 2025-08-19T01:30:00 -0930 ', '2025-08-19T11:00:00.000Z'],
    ['2025-08-19T10:00:00', 'problem: not_a_date'],
    ['2025-08-19', 'problem: not_a_date'],
    ['2025-02-30T10:00:00Z', 'problem: not_a_date'],
    ['2025-08-19T24:00:00Z', 'problem: not_a_date'],
    ['2025-08-19T25:00:00Z', 'problem: not_a_date'],
    ['2025-08-19T10:60:00Z', 'problem: not_a_date'],
    ['2025-08-19T10:00:00+16', 'problem: not_a_date'],
    ['2025-08-19T10:00:00+15', '2025-08-18T19:00:00.000Z'],
    ['2025-08-19T10:00:00+02:60', 'problem: not_a_date'],
    ['2025-08-19T10:00:00+02:59', '2025-08-19T07:01:00.000Z'],
    ['x2025-08-19T10:00:00Z', 'problem: not_a_date'],
    ['2025-08-19T10:00:00Zx', 'problem: not_a_date'],
    ['0001-01-01T00:00:00+01', 'problem: not_a_date'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000Z'],
    ['9999-12-31T23:59:59-01', 'problem: not_a_date'],
    [new Date(Number.NaN), 'problem: not_a_date'],
    [1755590400000, 'problem: not_a_date'],
    ['', 'problem: empty'],
    [' \u0000 ', 'problem: empty'],
    [null, 'missing'],
    [undefined, 'missing'],
  ])('%s is read as %s', (raw, expected) => {
    expect(plain(readDateTime(raw))).toBe(expected);
  });

  it('in UTC is read as itself, without the part of a second', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('0001-01-01T00:00:00Z'),
          max: new Date('9999-12-31T23:59:59Z'),
          noInvalidDate: true,
        }),
        (date) => {
          const seconds = `${date.toISOString().slice(0, -5)}.000Z`;
          expect(plain(readDateTime(date.toISOString()))).toBe(seconds);
          expect(plain(readDateTime(date))).toBe(seconds);
        },
      ),
    );
  });
});

describe('money', () => {
  it.each<[unknown, unknown, unknown]>([
    ['150', 'GBP', '150.00 GBP'],
    [150, 'gbp', '150.00 GBP'],
    ['249.00', ' ILS ', '249.00 ILS'],
    [538.2, 'ILS', '538.20 ILS'],
    ['15000.00', 'JPY', '15000 JPY'],
    [15000.5, 'JPY', '15001 JPY'],
    ['15000.49', 'JPY', '15000 JPY'],
    ['12.5', 'KWD', '12.500 KWD'],
    ['12.5', 'IQD', '12.500 IQD'],
    ['1.5', 'CLF', 'problem: unknown_currency'],
    [0, 'USD', '0.00 USD'],
    ['0.05', 'USD', '0.05 USD'],
    ['-0.00', 'USD', '0.00 USD'],
    ['+7', 'USD', '7.00 USD'],
    ['007', 'USD', '7.00 USD'],
    [0.1 + 0.2, 'USD', '0.30 USD'],
    [1.005, 'USD', '1.01 USD'],
    ['1.004', 'USD', '1.00 USD'],
    ['9.995', 'USD', '10.00 USD'],
    ['99999999999999999999.99', 'USD', '99999999999999999999.99 USD'],
    ['-0.004', 'USD', '0.00 USD'],
    ['-5', 'USD', 'problem: out_of_range'],
    [-0.01, 'USD', 'problem: out_of_range'],
    ['150,00', 'GBP', 'problem: not_a_number'],
    ['x150', 'GBP', 'problem: not_a_number'],
    ['150x', 'GBP', 'problem: not_a_number'],
    [1e21, 'GBP', 'problem: not_a_number'],
    [Number.NaN, 'GBP', 'problem: not_a_number'],
    [true, 'GBP', 'problem: not_a_number'],
    [[5], 'GBP', 'problem: not_a_number'],
    [' 5 ', 'GBP', '5.00 GBP'],
    [{}, 'GBP', 'problem: not_a_number'],
    ['150', 'XXQ', 'problem: unknown_currency'],
    ['150', 'pounds', 'problem: unknown_currency'],
    ['150', 7, 'problem: unknown_currency'],
    ['150', {}, 'problem: unknown_currency'],
    ['150', null, 'missing'],
    ['150', '', 'problem: empty'],
    [null, 'GBP', 'missing'],
    [undefined, 'GBP', 'missing'],
    [' ', 'GBP', 'problem: empty'],
    ['', '', 'problem: empty'],
    ['', null, 'missing'],
    [null, '', 'missing'],
  ])('%s %s is read as %s', (amount, currency, expected) => {
    expect(plain(readMoney(amount, currency))).toBe(expected);
  });

  it.each<[unknown, unknown, unknown]>([
    [15000, 'GBP', '150.00 GBP'],
    [15000n, 'JPY', '15000 JPY'],
    ['12500', 'kwd', '12.500 KWD'],
    ['15000.00', 'USD', '150.00 USD'],
    [1, 'USD', '0.01 USD'],
    ['0', 'USD', '0.00 USD'],
    ['9007199254740993', 'USD', '90071992547409.93 USD'],
    [150.5, 'USD', 'problem: not_a_number'],
    ['1e3', 'USD', 'problem: not_a_number'],
    [-1, 'USD', 'problem: out_of_range'],
    [null, 'USD', 'missing'],
    ['1', 'XXQ', 'problem: unknown_currency'],
  ])('in minor units, %s %s is read as %s', (amount, currency, expected) => {
    expect(plain(readMoney(amount, currency, 'minor'))).toBe(expected);
  });

  it('has the decimals of ISO 4217', () => {
    const none = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' ');
    for (const currency of none) expect(plain(readMoney('1', currency))).toBe(`1 ${currency}`);
    for (const currency of 'BHD IQD JOD KWD LYD OMR TND'.split(' ')) {
      expect(plain(readMoney('1', currency))).toBe(`1.000 ${currency}`);
    }
    for (const currency of 'USD EUR SEK RUB KZT'.split(' '))
      expect(plain(readMoney('1', currency))).toBe(`1.00 ${currency}`);
  });

  it('in cents is exact', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), (cents) => {
        const expected = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')} ILS`;
        expect(plain(readMoney(cents / 100, 'ILS'))).toBe(expected);
      }),
    );
  });
});

it('no value makes a reader throw', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(
      fc.anything({ withDate: true, withBigInt: true, withNullPrototype: true }),
      fc.anything({ withNullPrototype: true }),
      (raw, other) => {
        for (const read of [readBoolean, readDate, readDateTime]) expect(() => read(raw)).not.toThrow();
        expect(() => [
          readText(raw, rules),
          readEmail(raw, rules),
          readNumber(raw, 0),
          readMoney(raw, other),
        ]).not.toThrow();
      },
    ),
  );
});
