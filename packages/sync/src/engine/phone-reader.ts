import type { Result } from 'neverthrow';
import type { PhoneInput } from '../mapping/mapping.ts';
import { type InvalidPhone, normalizePhone } from '../phone/normalize-phone.ts';

export type PhoneReader = (input: PhoneInput) => Result<string, InvalidPhone>;

/** Reading a phone costs up to a millisecond, and each round of a sync reads those of all orders of a phone again. */
const remembered = 1_000;

/** Normalises phones and remembers the last ones it read. */
export function createPhoneReader(): PhoneReader {
  const known = new Map<string, ReturnType<PhoneReader>>();
  return (input) => {
    const key = JSON.stringify(input ?? null);
    const phone = known.get(key) ?? normalizePhone(input);
    known.delete(key);
    known.set(key, phone);
    const [oldest] = known.keys();
    if (known.size > remembered && oldest !== undefined) known.delete(oldest);
    return phone;
  };
}
