import { cleanText } from './clean-text.ts';
import { missing, problem, type Reading, readNothing, value } from './reading.ts';

export interface TextRules {
  readonly maxTextLength: number;
  /** In lower case. */
  readonly sentinels: ReadonlySet<string>;
}

// One @ between words, and a dot in the host: enough to tell an address from other text. RFC 5321 allows 254 characters.
const plausibleEmail = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/;
const maxEmailLength = 254;

export function readText(raw: unknown, rules: TextRules): Reading<string> {
  const nothing = readNothing(raw);
  if (nothing !== null) return nothing;
  const text = asText(raw);
  if (text === null) return problem('not_text');
  const clean = cleanText(text);
  if (rules.sentinels.has(clean.toLowerCase())) return missing;
  return isLonger(clean, rules.maxTextLength) ? problem('too_long') : value(clean);
}

export function readEmail(raw: unknown, rules: TextRules): Reading<string> {
  const text = readText(raw, rules);
  if (text.kind !== 'value') return text;
  if (isLonger(text.value, maxEmailLength)) return problem('too_long');
  return plausibleEmail.test(text.value) ? text : problem('not_text');
}

function asText(raw: unknown): string | null {
  if (typeof raw === 'string') return raw;
  if (typeof raw === 'boolean' || typeof raw === 'bigint') return String(raw);
  return typeof raw === 'number' && Number.isFinite(raw) ? String(raw) : null;
}

/** A character takes one or two units: what is longer in any case need not be taken apart. */
function isLonger(text: string, characters: number): boolean {
  return text.length > characters && (text.length > 2 * characters || [...text].length > characters);
}
