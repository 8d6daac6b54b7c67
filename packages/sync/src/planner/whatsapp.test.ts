import { describe, expect, it } from 'vitest';
import { whatsApp, whatsAppRules } from '../../test/planner/facts.ts';
import { checked, heardOf } from './whatsapp.ts';

const learntYes = whatsApp({ answer: 'yes', ageMs: 0, learnt: true, settled: true });

describe('an answer to a write', () => {
  it.each([whatsApp(), whatsApp({ answer: 'no', ageMs: 1 }), whatsApp({ answer: 'yes', ageMs: 9_000 })])(
    'that says yes is taken, whatever was known',
    (known) => {
      expect(heardOf(known, 'yes', whatsAppRules())).toEqual(learntYes);
    },
  );

  it.each(['no', 'unknown'] as const)('that says %s settles nothing where nothing was known', (heard) => {
    for (const ageMs of [null, 0]) {
      const known = whatsApp({ ageMs });
      expect(heardOf(known, heard, whatsAppRules())).toEqual(known);
    }
  });

  it.each(['yes', 'no'] as const)('that says nothing keeps a fresh %s', (answer) => {
    const known = whatsApp({ answer, ageMs: 1_000 });
    expect(heardOf(known, 'unknown', whatsAppRules())).toEqual({ ...known, settled: true });
  });

  it('renews an answer that is too old, or of unknown age', () => {
    for (const ageMs of [1_001, null]) {
      const known = whatsApp({ answer: 'no', ageMs, settled: true });
      expect(heardOf(known, 'no', whatsAppRules())).toEqual({ ...known, settled: false });
      expect(heardOf(known, 'unknown', whatsAppRules())).toEqual({ ...known, settled: false });
    }
  });

  it('that says no is confirmed by the check when it contradicts a yes, however fresh', () => {
    const known = whatsApp({ answer: 'yes', ageMs: 0, settled: true });
    expect(heardOf(known, 'no', whatsAppRules())).toEqual({ ...known, settled: false });
  });

  it('that says no again needs no check while the last one is fresh', () => {
    const known = whatsApp({ answer: 'no', ageMs: 1 });
    expect(heardOf(known, 'no', whatsAppRules())).toEqual({ ...known, settled: true });
  });

  it('is not enough where every write is to be checked', () => {
    const known = whatsApp({ answer: 'yes', ageMs: 0, learnt: true, settled: true });
    const rules = whatsAppRules({ alwaysCheck: true });
    expect(heardOf(known, 'yes', rules)).toEqual({ ...known, settled: false });
  });

  it('is taken where every write is to be checked but no check can answer', () => {
    const rules = whatsAppRules({ alwaysCheck: true, canCheck: false });
    expect(heardOf(whatsApp(), 'yes', rules)).toEqual(learntYes);
  });
});

describe('an answer of the check', () => {
  it.each(['yes', 'no'] as const)('of %s settles and starts its age anew', (answer) => {
    expect(checked(answer)).toEqual({ answer, ageMs: 0, learnt: true, settled: true });
  });
});
