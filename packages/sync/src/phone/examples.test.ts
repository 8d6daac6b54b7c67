import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  getExampleNumber,
  Metadata,
} from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, it } from 'vitest';
import type { PhoneInput } from '../mapping/mapping.ts';
import { normalizePhone } from './normalize-phone.ts';

interface Example {
  readonly country: CountryCode;
  readonly code: string;
  readonly national: string;
  readonly trunk: string;
  readonly spaced: string;
  readonly domestic: string;
}

function trunkOf(country: CountryCode): string {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  const plan: object | undefined = metadata.numberingPlan;
  if (plan === undefined || !('nationalPrefix' in plan) || typeof plan.nationalPrefix !== 'function') {
    throw new Error('the library no longer tells the trunk prefix');
  }
  const prefix: unknown = plan.nationalPrefix();
  return typeof prefix === 'string' ? prefix : '';
}

const mobiles: readonly Example[] = getCountries().flatMap((country) => {
  const example = getExampleNumber(country, examples);
  if (example === undefined) return [];
  const code = getCountryCallingCode(country);
  const national = example.nationalNumber;
  return [
    {
      country,
      code,
      national,
      trunk: trunkOf(country),
      spaced: example.formatInternational(),
      domestic: example.formatNational(),
    },
  ];
});

const spellings: Readonly<Record<string, (example: Example) => PhoneInput>> = {
  'code and number': ({ code, national }) => ({ code, number: national }),
  'code and trunk prefix': ({ code, national, trunk }) => ({ code, number: trunk + national }),
  'domestic format with code': ({ code, domestic }) => ({ code, number: domestic }),
  plus: ({ code, national }) => `+${code}${national}`,
  'plus within the number': ({ code, national }) => ({ code, number: `+${code}${national}` }),
  'plus and a trunk prefix in brackets': ({ code, national, trunk }) =>
    trunk === '' ? `+${code}${national}` : `+${code} (${trunk}) ${national}`,
  'double zero': ({ code, national }) => `00${code}${national}`,
  'double zero in the code': ({ code, national }) => ({ code: `00${code}`, number: national }),
  separators: ({ spaced }) => spaced.replaceAll(' ', ' - '),
  'separators within the number': ({ code, national }) => ({
    code: `+${code}`,
    number: national.replace(/(\d\d)/g, '$1-'),
  }),
  'Arabic-Indic digits': ({ code, national }) => ({
    code,
    number: national.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit))),
  }),
  'digits alone': ({ code, national }) => code + national,
};

const ambiguousWhenDoubled = ['DE ambiguous', 'ID ambiguous', 'XK ambiguous'];

function refused(spelling: (example: Example) => PhoneInput): readonly string[] {
  return mobiles.flatMap((example) =>
    normalizePhone(spelling(example)).match(
      (digits) => (digits === example.code + example.national ? [] : [`${example.country} read otherwise`]),
      (error) => [`${example.country} ${error.reason}`],
    ),
  );
}

describe('the example mobile number of every country', () => {
  it('exists for nearly every country', () => {
    expect(mobiles.length).toBeGreaterThan(235);
  });

  it.each(Object.entries(spellings))('is accepted with %s', (_name, spelling) => {
    expect(refused(spelling)).toEqual([]);
  });

  it('is accepted with a doubled code, but where that is a valid number of its own', () => {
    expect(refused(({ code, national }) => ({ code, number: code + national }))).toEqual(
      ambiguousWhenDoubled,
    );
  });

  it('is accepted with a doubled code in one string, with the same exceptions', () => {
    expect(refused(({ code, national }) => code + code + national)).toEqual(ambiguousWhenDoubled);
  });
});
