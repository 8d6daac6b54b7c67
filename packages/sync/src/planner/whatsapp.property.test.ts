import fc from 'fast-check';
import { expect, it } from 'vitest';
import { whatsApp } from '../../test/planner/facts.ts';
import type { WhatsAppAnswer } from '../ports/contact-gateway.ts';
import { heardOf, type WhatsAppKnowledge } from './whatsapp.ts';

const answer = fc.constantFrom<WhatsAppAnswer>('yes', 'no', 'unknown');
const rules = fc.record({
  canCheck: fc.boolean(),
  alwaysCheck: fc.boolean(),
  maxAgeMs: fc.constantFrom(0, 1_000),
});

it('an answer becomes no by a check alone, and is never settled while it is unknown', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(
      answer,
      fc.constantFrom(null, 0, 500, 5_000),
      fc.array(answer),
      rules,
      (first, ageMs, all, given) => {
        let known: WhatsAppKnowledge = whatsApp({ answer: first, ageMs, settled: first !== 'unknown' });
        for (const heard of all) {
          const before = known;
          known = heardOf(before, heard, given);
          expect([before.answer, 'yes']).toContain(known.answer);
          if (known.answer !== before.answer) expect(heard).toBe('yes');
          if (known.answer === 'unknown') expect(known.settled).toBe(false);
          if (given.alwaysCheck && given.canCheck) expect(known.settled).toBe(false);
        }
      },
    ),
    { numRuns: 1_000 },
  );
});
