import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plain } from '../../test/mapping/plain.ts';
import { cleanText } from './clean-text.ts';
import { readBoolean } from './read-boolean.ts';
import { readDate, readDateTime } from './read-date.ts';
import { readMoney } from './read-money.ts';
import { readNumber } from './read-number.ts';
import { readEmail, readText } from './read-text.ts';

const rules = { maxTextLength: 255, sentinels: new Set(['unknown', 'unknown@example.com', '0000000000']) };

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
