// The entry `libphonenumber-js/max` lacks Metadata as CommonJS, and its PhoneNumber wants other arguments than as ESM.
import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  Metadata,
  PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/core';
import metadataJson from 'libphonenumber-js/metadata.max';

interface SharedPlan {
  readonly countries: readonly CountryCode[];
  readonly trunkPrefixes: readonly string[];
  /** Lengths that national numbers can have. */
  readonly lengths: readonly number[];
}

// E.164 (ITU-T): digits in all, calling code included.
const maxDigits = 15;
// Numbers of no country (satellite, freephone) have neither trunk prefix nor plan in the public metadata.
const countryless: SharedPlan = { countries: [], trunkPrefixes: [], lengths: [2, maxDigits] };

let plansByCode: ReadonlyMap<string, SharedPlan> | undefined;

/** Built on first use: importing the package must cost nothing. */
function sharedPlan(callingCode: string): SharedPlan {
  plansByCode ??= readPlans();
  return plansByCode.get(callingCode) ?? countryless;
}

function readPlans(): Map<string, SharedPlan> {
  const plans = new Map<string, SharedPlan>();
  for (const country of getCountries(metadataJson)) {
    const callingCode = getCountryCallingCode(country, metadataJson);
    const { countries, trunkPrefixes, lengths } = plans.get(callingCode) ?? { ...countryless, lengths: [] };
    const plan = readPlan(country);
    plans.set(callingCode, {
      countries: [...countries, country],
      trunkPrefixes: [...new Set([...trunkPrefixes, ...plan.trunkPrefixes])],
      lengths: [...lengths, ...plan.lengths],
    });
  }
  return plans;
}

function readPlan(country: CountryCode): Pick<SharedPlan, 'trunkPrefixes' | 'lengths'> {
  const metadata = new Metadata(metadataJson);
  metadata.selectNumberingPlan(country);
  const plan = metadata.numberingPlan;
  return { trunkPrefixes: trunkPrefixesOf(plan), lengths: plan?.possibleLengths() ?? [] };
}

/** The library has the method but does not declare it. */
function trunkPrefixesOf(plan: object | undefined): readonly string[] {
  if (plan === undefined || !('nationalPrefix' in plan) || typeof plan.nationalPrefix !== 'function')
    return [];
  const prefix: unknown = plan.nationalPrefix();
  return typeof prefix === 'string' && prefix !== '' ? [prefix] : [];
}

export function trunkPrefixes(callingCode: string): readonly string[] {
  return sharedPlan(callingCode).trunkPrefixes;
}

/** Splits off the country calling code; null where the digits start with none. */
export function splitCallingCode(
  digits: string,
): { readonly callingCode: string; readonly rest: string } | null {
  for (const length of [1, 2, 3]) {
    const callingCode = digits.slice(0, length);
    if (isCallingCode(callingCode)) return { callingCode, rest: digits.slice(length) };
  }
  return null;
}

function isCallingCode(digits: string): boolean {
  // No calling code is the beginning of another one, so the library finds this very code or a different one.
  return parsePhoneNumberFromString(`+${digits}5555555`, metadataJson)?.countryCallingCode === digits;
}

/** In an assigned range of any country with this code, exactly as given. */
export function isValidNational(callingCode: string, national: string): boolean {
  const number = phoneNumber(callingCode, national);
  if (number === null) return false;
  const { countries } = sharedPlan(callingCode);
  if (countries.length === 0) return number.isValid();
  return countries.some((country) => {
    number.country = country;
    return number.isValid();
  });
}

/** Of a length that the country uses, exactly as given. */
export function isPossibleNational(callingCode: string, national: string): boolean {
  return phoneNumber(callingCode, national)?.isPossible() ?? false;
}

// The library needs two digits after the code.
function phoneNumber(callingCode: string, national: string): PhoneNumber | null {
  if (national.length < 2 || callingCode.length + national.length > maxDigits) return null;
  return new PhoneNumber(`+${callingCode}${national}`, metadataJson);
}

/**
 * The number by the country's own dialling rules, which know more than the trunk prefix (Belarus' 80, Argentina's 15).
 * Rules that make a number longer add an area code: a guess, left alone.
 */
export function dialledNational(callingCode: string, national: string): string | null {
  const dialled = parsePhoneNumberFromString(`+${callingCode}${national}`, metadataJson);
  if (dialled === undefined || dialled.nationalNumber.length >= national.length) return null;
  return dialled.nationalNumber;
}

/** Why a national number is not possible. */
export function wrongLength(
  callingCode: string,
  national: string,
): 'too_short' | 'too_long' | 'invalid_length' {
  const { lengths } = sharedPlan(callingCode);
  if (callingCode.length + national.length > maxDigits || national.length > Math.max(...lengths))
    return 'too_long';
  return national.length < Math.min(...lengths) ? 'too_short' : 'invalid_length';
}
