import fc from 'fast-check';
import { expect, it } from 'vitest';
import { redact } from './redact.ts';

it.each([
  ['no contact 447700900123 found', 'no contact 447700***123 found'],
  ['GET /contacts/447700900123?a=1 404', 'GET /contacts/447700***123?a=1 404'],
  ['call +44 (0)7700 900-123 now', 'call +440770***123 now'],
  ['call ٠٥٠٠٠٠٠١٠١', 'call ***'],
  ['status 503 after 30000 ms', 'status 503 after 30000 ms'],
  ['Key (client_email)=(ann.b+c@mail.example.test) exists', 'Key (client_email)=([email]) exists'],
  ['mail to נועה@example.test failed', 'mail to [email] failed'],
  ['authorization: Bearer abc.DEF-123_x= failed', 'authorization: Bearer [secret] failed'],
  ['sent BEARER tok, retried', 'sent BEARER [secret], retried'],
  ['basic dXNlcjpwYXNz sent', 'basic [secret] sent'],
  ['{"X-ACCESS-TOKEN":"123.abc"}', '{"X-ACCESS-TOKEN":"[secret]"}'],
  ['api_key=abc&x=1', 'api_key=[secret]&x=1'],
  ['password: hunter2', 'password: [secret]'],
  ['nothing to hide', 'nothing to hide'],
])('%s', (text, expected) => {
  expect(redact(text)).toBe(expected);
});

it('leaves no phone, address or token behind, and changes nothing twice', { timeout: 60_000 }, () => {
  const phone = fc.stringMatching(/^[1-9]\d{9,14}$/);
  const words = fc.stringMatching(/^[a-z :]{0,10}$/);
  fc.assert(
    fc.property(words, phone, words, (before, digits, after) => {
      const redacted = redact(`${before} ${digits} a${digits}@example.test Bearer t${digits} ${after}`);
      expect(redacted).not.toContain(digits);
      expect(redacted).not.toContain('@');
      expect(redact(redacted)).toBe(redacted);
    }),
  );
});
