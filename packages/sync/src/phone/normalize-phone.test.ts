import { describe, expect, it } from 'vitest';
import type { PhoneInput } from '../mapping/mapping.ts';
import { normalizePhone } from './normalize-phone.ts';

function read(input: PhoneInput): string {
  return normalizePhone(input).match(
    (digits) => digits,
    (error) => `${error.kind}: ${error.reason}`,
  );
}

describe('the spellings that orders arrive with', () => {
  it.each<[string, PhoneInput, string]>([
    ['a trunk zero', { code: '972', number: '0500000101' }, '972500000101'],
    ['plus in the code and dashes', { code: '+972', number: '52-000 01-03' }, '972520000103'],
    ['the code repeated, a zero in brackets', { code: '972', number: '+972 (0)50-000-0105' }, '972500000105'],
    ['a Russian trunk eight', { code: '7', number: '8 (900) 000-01-08' }, '79000000108'],
    ['a Swedish drama number', { code: '46', number: '070-174 06 05' }, '46701740605'],
    ['a US number', { code: '1', number: '(212) 555-0143' }, '12125550143'],
    ['a British drama number, in no assigned range', { code: '+44', number: '07700 900123' }, '447700900123'],
    ['one string', '+972-53-000-0114', '972530000114'],
    ['a test order', { code: '972', number: '0500000115' }, '972500000115'],
    ['no trunk zero', { code: '972', number: '500000101' }, '972500000101'],
    ['no phone', undefined, 'invalid_phone: missing'],
    ['an old row with the trunk zero', '9720500000101', '972500000101'],
    ['an old row with a doubled code', '972972500000101', '972500000101'],
    ['a doubled code and a trunk zero', { code: '972', number: '9720500000101' }, '972500000101'],
    ['the form of the plan', '447700900123', '447700900123'],
  ])('reads %s', (_name, input, expected) => {
    expect(read(input)).toBe(expected);
  });
});

describe('countries with rules of their own', () => {
  it.each<[string, PhoneInput, string]>([
    ['Italy keeps its zero', { code: '39', number: '06 698 12345' }, '390669812345'],
    ['Italy keeps its zero after a plus', '+39 06 698 12345', '390669812345'],
    ['Kazakhstan drops the eight', { code: '7', number: '8 701 234 5678' }, '77012345678'],
    ['a Kazakh number may begin with its code', { code: '7', number: '7012345678' }, '77012345678'],
    ['an eight can begin a Russian number', { code: '7', number: '800 555-35-35' }, '78005553535'],
    ['Belarus dials 80', { code: '375', number: '80 29 491 19 11' }, '375294911911'],
    ['Argentina dials 15 for a mobile', { code: '54', number: '011 15-2345-6789' }, '5491123456789'],
    ['Argentina without the mobile digit stays so', { code: '54', number: '011 2345-6789' }, '541123456789'],
    ['Brazil gains no ninth digit', { code: '55', number: '(11) 6123-4567' }, '551161234567'],
    ['Mexico gains no mobile digit', { code: '52', number: '222 123 4567' }, '522221234567'],
    [
      'a Madagascan local number gains no area code',
      { code: '261', number: '2212345' },
      'invalid_phone: too_short',
    ],
    ['a code with an area code, from a picker', { code: '+1 242', number: '359-1234' }, '12423591234'],
    ['the same, repeated in the number', { code: '1242', number: '1 242 359 1234' }, '12423591234'],
    ['a British island shares its code', { code: '44', number: '07797 712345' }, '447797712345'],
    ['a number of no country', '+800 1234 5678', '80012345678'],
  ])('%s', (_name, input, expected) => {
    expect(read(input)).toBe(expected);
  });
});

describe('what cannot be read', () => {
  it.each<[PhoneInput, string]>([
    [null, 'missing'],
    ['', 'missing'],
    [' - ', 'missing'],
    ['0000000000', 'missing'],
    [{ code: '972', number: '0000000000' }, 'missing'],
    ['9720000000000', 'missing'],
    [{ code: '972', number: null }, 'missing'],
    [{ code: '972' }, 'missing'],
    [{}, 'missing'],
    ['Unknown', 'missing'],
    ['n/a', 'missing'],
    ['--', 'missing'],
    ['none of these', 'not_a_number'],
    ['the unknown', 'not_a_number'],
    ['call me', 'not_a_number'],
    ['+972 50 000 0101 ext 7', 'not_a_number'],
    ['050+972500000101', 'not_a_number'],
    ['050*0000101', 'not_a_number'],
    [{ code: 'IL', number: '0500000101' }, 'unknown_country_code'],
    [{ code: '999', number: '0500000101' }, 'unknown_country_code'],
    [{ code: '', number: '0500000101' }, 'unknown_country_code'],
    ['0500000101', 'unknown_country_code'],
    ['+210 555 0143', 'unknown_country_code'],
    ['+97', 'unknown_country_code'],
    ['+972', 'too_short'],
    ['+972 5', 'too_short'],
    ['2125550143', 'too_short'],
    [{ code: '44', number: '447700900123' }, 'too_long'],
    ['+447700900123000', 'too_long'],
    ['+4912345678901234', 'too_long'],
    [`+972 50 000 0101${' '.repeat(49)}`, 'too_long'],
    [{ code: '+972', number: `500000101${' '.repeat(52)}` }, 'too_long'],
    ['+972972500000101', 'ambiguous'],
    ['+49 49 89 190', 'ambiguous'],
    ['+43 00 123456', 'ambiguous'],
    [{ code: '44', number: '12345678' }, 'invalid_length'],
    [{ code: '49', number: '4915123456789' }, 'ambiguous'],
  ])('%j is refused', (input, reason) => {
    expect(read(input)).toBe(`invalid_phone: ${reason}`);
  });
});

describe('what is between the digits', () => {
  it.each([
    '\u2068+972\u00A050\u2011000\u20110101\u2069',
    '\uFF0B９７２ ５００００ ０１０１',
    '+٩٧٢٥٠٠٠٠٠١٠١',
    '+۹۷۲۵۰۰۰۰۰۱۰۱',
    '+९७२५०००००१०१',
    '+\u{1D7E1}\u{1D7D5}\u{1D7D0}500000101',
    '+972.50/000\u22120101',
    '+[972] (50) 000·0101',
    '+00972500000101',
    '(+972)500000101',
  ])('%s is read', (input) => {
    expect(read(input)).toBe('972500000101');
  });
});

it('a phone may have 64 characters', () => {
  expect(read(`+972 50 000 0101${' '.repeat(48)}`)).toBe('972500000101');
});

describe('a plus or a double zero', () => {
  it('rules out that the code is repeated', () => {
    expect(read({ code: '49', number: '+4915123456789' })).toBe('4915123456789');
    expect(read({ code: '49', number: '004915123456789' })).toBe('4915123456789');
    expect(read('+494915123456789')).toBe('494915123456789');
    expect(read('494915123456789')).toBe('invalid_phone: ambiguous');
  });

  it('outweighs the code', () => {
    expect(read({ code: '44', number: '+972500000101' })).toBe('972500000101');
  });
});
