import { cleanText } from '../mapping/clean-text.ts';

/** The words that Vizi uses for its products. A word that is none of them says nothing that could be relied upon. */

export const intents: ReadonlySet<string> = new Set(['tourism', 'business', 'general']);

export const entries: ReadonlySet<string> = new Set(['single', 'double', 'multiple']);

export const validities: ReadonlySet<string> = new Set([
  '2_weeks',
  '15_days',
  'month',
  '2_months',
  '3_months',
  '6_months',
  'year',
  '2_years',
  '3_years',
  '5_years',
]);

/** Whether an order of this urgency goes before others. The first seven are what the form sends. */
const urgencies: ReadonlyMap<string, boolean> = new Map([
  ['none', false],
  ['few_hours', true],
  ['next_day', true],
  ['1_2_days', false],
  ['3_days', false],
  ['5_days', false],
  ['5_15_days', false],
  ['standard', false],
  ['urgent', true],
  ['express', true],
  ['rush', true],
  ['priority', true],
]);

/** Fits no type of field: counts as missing, and is told as a problem. */
const unknownWord = Symbol('unknown word');

function normal(raw: unknown): unknown {
  return typeof raw === 'string' ? cleanText(raw).toLowerCase() : raw;
}

/** The word, null or an empty text where there is none, or a value that cannot be used. */
export function knownWord(raw: unknown, words: ReadonlySet<string>): unknown {
  const word = normal(raw) ?? null;
  if (word === null || word === '') return word;
  return typeof word === 'string' && words.has(word) ? word : unknownWord;
}

/** Whether the word means haste, null or an empty text where there is no word, or a value that cannot be used. */
export function isUrgent(raw: unknown): unknown {
  const word = normal(raw) ?? null;
  if (word === null || word === '') return word;
  return (typeof word === 'string' ? urgencies.get(word) : undefined) ?? unknownWord;
}
