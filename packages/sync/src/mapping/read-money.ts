import { problem, type Reading, readNothing, value } from './reading.ts';

// ISO 4217, list one: currencies whose minor unit is not a hundredth, without the units of account that nobody pays in.
// Intl follows CLDR, which differs for several.
const minorUnits: ReadonlyMap<string, number> = new Map([
  ...minorUnit('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF', 0),
  ...minorUnit('BHD IQD JOD KWD LYD OMR TND', 3),
]);

const decimal = /^([+-]?)(\d{1,20})(?:\.(\d{1,20}))?$/;

let currencies: ReadonlySet<string> | undefined;

/** `150.00 GBP`, `15000 JPY`, `12.500 KWD`; a third decimal is rounded half up. */
export function readMoney(rawAmount: unknown, rawCurrency: unknown): Reading<string> {
  const parts = [readNothing(rawAmount), readNothing(rawCurrency)].filter((part) => part !== null);
  // One of them absent: there is no sum, and nothing to tell.
  const nothing = parts.find(({ kind }) => kind === 'missing') ?? parts[0];
  if (nothing !== undefined) return nothing;
  const currency = typeof rawCurrency === 'string' ? rawCurrency.trim().toUpperCase() : '';
  currencies ??= new Set(Intl.supportedValuesOf('currency'));
  if (!currencies.has(currency)) return problem('unknown_currency');
  const amount =
    typeof rawAmount === 'number' || typeof rawAmount === 'string' ? String(rawAmount).trim() : '';
  const [matched, sign = '', whole = '', fraction = ''] = decimal.exec(amount) ?? [];
  if (matched === undefined) return problem('not_a_number');
  const rounded = round(whole, fraction, minorUnits.get(currency) ?? 2);
  if (sign === '-' && /[1-9]/.test(rounded)) return problem('out_of_range');
  return value(`${rounded} ${currency}`);
}

/** On decimal digits: binary fractions turn 1.005 into 1.00. */
function round(whole: string, fraction: string, digits: number): string {
  const kept = BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  const up = fraction.charAt(digits) >= '5' ? 1n : 0n;
  const minor = String(kept + up).padStart(digits + 1, '0');
  const point = minor.length - digits;
  return digits === 0 ? minor : `${minor.slice(0, point)}.${minor.slice(point)}`;
}

function minorUnit(codes: string, digits: number): [string, number][] {
  return codes.split(' ').map((code) => [code, digits]);
}
