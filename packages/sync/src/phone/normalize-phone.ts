import { err, ok, type Result } from 'neverthrow';
import type { PhoneInput } from '../mapping/mapping.ts';
import {
  dialledNational,
  isPossibleNational,
  isValidNational,
  splitCallingCode,
  trunkPrefixes,
  wrongLength,
} from './numbering-plan.ts';
import { readDigits, type TypedDigits } from './read-digits.ts';

export type InvalidPhoneReason =
  /** Nothing given, or a placeholder such as `0000000000`. */
  | 'missing'
  /** Holds something that belongs in no phone number. */
  | 'not_a_number'
  | 'unknown_country_code'
  | 'too_short'
  | 'too_long'
  /** Between the lengths that the country uses. */
  | 'invalid_length'
  /** Can be read as more than one number. */
  | 'ambiguous';

export interface InvalidPhone {
  readonly kind: 'invalid_phone';
  readonly reason: InvalidPhoneReason;
}

/** A number with its calling code known, before its national part is understood. */
interface CodedNumber {
  readonly callingCode: string;
  readonly national: string;
  /** The national part may repeat the code; ruled out by a `+` or `00`. */
  readonly mayRepeatCode: boolean;
}

// No spelling of a 15-digit number comes near it.
const maxInputLength = 64;
const placeholder = /^(?:unknown|undefined|null|none|n\/a|-+)$/i;

/**
 * Reads a phone in any usual spelling and returns its digits with country code, without plus.
 *
 * @example normalizePhone({ code: '+44', number: '07700 900123' }) // ok('447700900123')
 */
export function normalizePhone(input: PhoneInput): Result<string, InvalidPhone> {
  const coded = readInput(input);
  return typeof coded === 'string' ? invalid(coded) : decide(coded);
}

function readInput(input: PhoneInput): CodedNumber | InvalidPhoneReason {
  const { code, number } = partsOf(input);
  if (code.length + number.length > maxInputLength) return 'too_long';
  if (placeholder.test(number.trim())) return 'missing';
  const typed = readDigits(number);
  if (typed === null) return 'not_a_number';
  if (/^0*$/.test(typed.digits)) return 'missing';
  if (typed.plus || typed.digits.startsWith('00')) return international(typed.digits);
  const typedCode = readDigits(code);
  if (typedCode === null) return 'unknown_country_code';
  return withCode(typedCode, typed);
}

function partsOf(input: PhoneInput): { readonly code: string; readonly number: string } {
  if (typeof input === 'string') return { code: '', number: input };
  return { code: input?.code ?? '', number: input?.number ?? '' };
}

function international(digits: string): CodedNumber | InvalidPhoneReason {
  const split = splitCallingCode(digits.replace(/^00/, ''));
  if (split === null) return 'unknown_country_code';
  return { callingCode: split.callingCode, national: split.rest, mayRepeatCode: false };
}

function withCode(code: TypedDigits, number: TypedDigits): CodedNumber | InvalidPhoneReason {
  const codeDigits = code.digits.replace(/^0+/, '');
  const split = splitCallingCode(codeDigits === '' ? number.digits : codeDigits);
  if (split === null) return 'unknown_country_code';
  if (codeDigits === '') return { callingCode: split.callingCode, national: split.rest, mayRepeatCode: true };
  // Pickers offer codes such as 1242: the digits after the calling code begin the national number.
  const national = number.digits.startsWith(codeDigits) ? number.digits : split.rest + number.digits;
  return { callingCode: split.callingCode, national, mayRepeatCode: true };
}

function decide(coded: CodedNumber): Result<string, InvalidPhone> {
  const { callingCode } = coded;
  const valid = validReadings(coded);
  const [only] = valid;
  if (valid.length > 1) return invalid('ambiguous');
  if (only !== undefined) return ok(callingCode + only);
  const plain = withoutTrunk(callingCode, coded.national);
  if (/^0*$/.test(plain)) return invalid(plain === '' ? 'too_short' : 'missing');
  if (!isPossibleNational(callingCode, plain)) return invalid(wrongLength(callingCode, plain));
  // Read again, the answer must mean the same number.
  if (!isSettled(callingCode, plain)) return invalid('ambiguous');
  return ok(callingCode + plain);
}

function isSettled(callingCode: string, national: string): boolean {
  if (withoutTrunk(callingCode, national) !== national) return false;
  return validReadings({ callingCode, national, mayRepeatCode: true }).length === 0;
}

function validReadings({ callingCode, national, mayRepeatCode }: CodedNumber): readonly string[] {
  const written = [national];
  if (mayRepeatCode && national.startsWith(callingCode)) written.push(national.slice(callingCode.length));
  const readings = new Set(written.flatMap((number) => trunkReadings(callingCode, number)));
  return [...readings].filter((reading) => isValidNational(callingCode, reading));
}

function trunkReadings(callingCode: string, national: string): readonly string[] {
  const dialled = dialledNational(callingCode, national);
  return [national, withoutTrunk(callingCode, national), ...(dialled === null ? [] : [dialled])];
}

function withoutTrunk(callingCode: string, national: string): string {
  const prefix = trunkPrefixes(callingCode).find((trunk) => national.startsWith(trunk));
  return prefix === undefined ? national : national.slice(prefix.length);
}

function invalid(reason: InvalidPhoneReason): Result<never, InvalidPhone> {
  return err({ kind: 'invalid_phone', reason });
}
