import { problem, type Reading, readNothing, value } from './reading.ts';

// ISO 4217, list one: currencies whose minor unit is not a hundredth, without the units of account that nobody pays in.
// Intl follows CLDR, which differs for several.
const minorUnits: ReadonlyMap<string, number> = new Map([
  ...minorUnit('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF', 0),
  ...minorUnit('BHD IQD JOD KWD LYD OMR TND', 3),
]);

const decimal = /^([+-]?)(\d{1,20})(?:\.(\d{1,20}))?$/;

let currencies: ReadonlySet<string> | undefined;

/**
 * `150.00 GBP`, `15000 JPY`, `12.500 KWD`; of an amount in major units, a third decimal is rounded half up. Minor units
 * are whole: a fraction says that they are none.
 */
export function readMoney(
  rawAmount: unknown,
  rawCurrency: unknown,
  unit: 'major' | 'minor' = 'major',
): Reading<string> {
  const parts = [readNothing(rawAmount), readNothing(rawCurrency)].filter((part) => part !== null);
  // One of them absent: there is no sum, and nothing to tell.
  const nothing = parts.find(({ kind }) => kind === 'missing') ?? parts[0];
  if (nothing !== undefined) return nothing;
  const currency = typeof rawCurrency === 'string' ? rawCurrency.trim().toUpperCase() : '';
  currencies ??= new Set(Intl.supportedValuesOf('currency'));
  if (!currencies.has(currency)) return problem('unknown_currency');
  const amount = ['number', 'bigint', 'string'].includes(typeof rawAmount) ? String(rawAmount).trim() : '';
  const [matched, sign = '', whole = '', fraction = ''] = decimal.exec(amount) ?? [];
  if (matched === undefined) return problem('not_a_number');
  const digits = minorUnits.get(currency) ?? 2;
  // A database may write whole numbers with zeros after the point.
  if (unit === 'minor' && /[1-9]/.test(fraction)) return problem('not_a_number');
  const rounded = unit === 'minor' ? pointed(BigInt(whole), digits) : round(whole, fraction, digits);
  if (sign === '-' && /[1-9]/.test(rounded)) return problem('out_of_range');
  return value(`${rounded} ${currency}`);
}

/** On decimal digits: binary fractions turn 1.005 into 1.00. */
function round(whole: string, fraction: string, digits: number): string {
  const kept = BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  const up = fraction.charAt(digits) >= '5' ? 1n : 0n;
  return pointed(kept + up, digits);
}

function pointed(units: bigint, digits: number): string {
  const minor = String(units).padStart(digits + 1, '0');
  const point = minor.length - digits;
  return digits === 0 ? minor : `${minor.slice(0, point)}.${minor.slice(point)}`;
}

function minorUnit(codes: string, digits: number): [string, number][] {
  return codes.split(' ').map((code) => [code, digits]);
}
