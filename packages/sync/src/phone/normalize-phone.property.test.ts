import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PhoneInput } from '../mapping/mapping.ts';
import { normalizePhone } from './normalize-phone.ts';

function read(input: PhoneInput): string {
  return normalizePhone(input).match(
    (digits) => digits,
    (error) => `${error.kind}: ${error.reason}`,
  );
}

describe('any input', () => {
  const typed = fc.stringMatching(/^[+0-9 ()-]{0,20}$/);
  const phone = fc.oneof(
    fc.string({ unit: 'binary' }),
    typed,
    fc.record({
      code: fc.option(fc.oneof(typed, fc.constantFrom('1', '7', '39', '44', '49', '43', '62', '972'))),
      number: fc.option(typed),
    }),
    fc
      .tuple(
        fc.constantFrom('1', '7', '39', '43', '44', '49', '62', '81', '375', '972'),
        fc.stringMatching(/^[0-9]{4,13}$/),
      )
      .map(([code, number]) => code + number),
    fc
      .tuple(
        fc.constantFrom('43', '49', '62', '81'),
        fc.constantFrom('0', '00', ''),
        fc.stringMatching(/^[0-9]{4,11}$/),
      )
      .map(([code, zeros, number]) => `+${code}${zeros}${code}${number}`),
  );

  it('gives 4 to 15 digits or a reason, and the same digits again unless they are ambiguous', {
    timeout: 60_000,
  }, () => {
    fc.assert(
      fc.property(phone, (input) => {
        normalizePhone(input).match(
          (digits) => {
            expect(digits).toMatch(/^[1-9]\d{3,14}$/);
            expect([digits, 'invalid_phone: ambiguous']).toContain(read(digits));
            expect(read(`+${digits}`)).toBe(digits);
          },
          (error) => expect(error.kind).toBe('invalid_phone'),
        );
      }),
      { numRuns: 1000 },
    );
  });
});
