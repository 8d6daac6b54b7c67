import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import {
  dialledNational,
  isPossibleNational,
  isValidNational,
  splitCallingCode,
  trunkPrefixes,
} from './numbering-plan.ts';

it('needs of the phone library only what it offers to CommonJS hosts too', () => {
  const require = createRequire(import.meta.url);
  const core: unknown = require('libphonenumber-js/core');
  const metadata: unknown = require('libphonenumber-js/metadata.max');
  for (const name of [
    'getCountries',
    'getCountryCallingCode',
    'Metadata',
    'PhoneNumber',
    'parsePhoneNumberFromString',
  ]) {
    expect(core).toHaveProperty(name, expect.any(Function));
  }
  expect(metadata).toHaveProperty('countries');
});

describe('the plan of a calling code', () => {
  it.each([
    ['972', ['0']],
    ['7', ['8']],
    ['1', ['1']],
    ['36', ['06']],
    ['39', []],
    ['34', []],
    ['800', []],
  ])('of +%s has the trunk prefixes %j', (callingCode, prefixes) => {
    expect(trunkPrefixes(callingCode)).toEqual(prefixes);
  });

  it.each([
    ['12125550143', { callingCode: '1', rest: '2125550143' }],
    ['447700900123', { callingCode: '44', rest: '7700900123' }],
    ['972500000101', { callingCode: '972', rest: '500000101' }],
    ['972', { callingCode: '972', rest: '' }],
    ['97', null],
    ['0', null],
    ['', null],
    ['999500000101', null],
  ])('is found at the start of %s', (digits, expected) => {
    expect(splitCallingCode(digits)).toEqual(expected);
  });

  it('knows valid numbers of every country that shares it, exactly as written', () => {
    expect(isValidNational('7', '9000000108')).toBe(true);
    expect(isValidNational('7', '7012345678')).toBe(true);
    expect(isValidNational('972', '0500000101')).toBe(false);
    expect(isValidNational('800', '12345678')).toBe(true);
    expect(isValidNational('800', '1234567')).toBe(false);
    expect(isValidNational('972', '5')).toBe(false);
    expect(isValidNational('972', '5000001010000')).toBe(false);
  });

  it('knows possible lengths, up to the 15 digits of E.164', () => {
    expect(isPossibleNational('44', '7700900123')).toBe(true);
    expect(isPossibleNational('44', '77009001')).toBe(false);
    expect(isPossibleNational('49', '1234567890123')).toBe(true);
    expect(isPossibleNational('49', '12345678901234')).toBe(false);
    expect(isPossibleNational('44', '7')).toBe(false);
    expect(isPossibleNational('43', '12')).toBe(false);
  });

  it('takes a number as it is dialled, where that makes it shorter', () => {
    expect(dialledNational('375', '80294911911')).toBe('294911911');
    expect(dialledNational('54', '0111523456789')).toBe('91123456789');
    expect(dialledNational('972', '500000101')).toBeNull();
    expect(dialledNational('261', '2212345')).toBeNull();
    expect(dialledNational('972', '')).toBeNull();
  });
});
