import fc from 'fast-check';
import { expect, it } from 'vitest';
import { maskPhone } from './mask-phone.ts';

it.each([
  ['447700900123', '447700***123'],
  ['+44 7700 900123', '447700***123'],
  ['972500000101999', '972500***999'],
  ['12125550143', '12125***43'],
  ['12345678', '1234***8'],
  ['1234567', '123***7'],
  ['123456', '***'],
  ['', '***'],
])('%s is shown as %s', (phone, masked) => {
  expect(maskPhone(phone)).toBe(masked);
});

it('never shows more than three quarters of the digits, and hides three at least', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{0,20}$/), (phone) => {
      const shown = maskPhone(phone).replace('***', '').length;
      expect(shown).toBeLessThanOrEqual(Math.min(9, (phone.length * 3) / 4));
      if (shown > 0) expect(phone.length - shown).toBeGreaterThanOrEqual(3);
    }),
  );
});
