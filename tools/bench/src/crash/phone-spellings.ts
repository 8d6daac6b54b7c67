import type { Customer } from '../bench/trace/trace-event.ts';

/** Width of the column of the phone. */
const maxLength = 20;

/** What people without a usable phone write. */
export const badPhones: readonly [string, ...string[]] = [
  '0000000000',
  'unknown',
  '12',
  '',
  '12345678901234567890',
];

/** Ways in which one customer writes his phone into a text column; at least three. */
export function spellingsOf(phone: string, { spellings }: Pick<Customer, 'spellings'>): string[] {
  const texts = spellings.flatMap((spelling) =>
    typeof spelling === 'string' && spelling.length <= maxLength ? [spelling] : [],
  );
  return [...new Set([phone, `+${phone}`, `00${phone}`, ...texts])];
}
