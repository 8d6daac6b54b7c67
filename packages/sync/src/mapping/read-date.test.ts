import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plain } from '../../test/mapping/plain.ts';
import { readDate, readDateTime } from './read-date.ts';

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
