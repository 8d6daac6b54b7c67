import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plain } from '../../test/mapping/plain.ts';
import { readMoney } from './read-money.ts';

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
