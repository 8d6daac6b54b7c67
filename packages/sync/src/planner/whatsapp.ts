import type { WhatsAppAnswer } from '../ports/contact-gateway.ts';

export interface WhatsAppKnowledge {
  readonly answer: WhatsAppAnswer;
  readonly ageMs: number | null;
  /** The answer was learnt in this sync: its age starts anew. */
  readonly learnt: boolean;
  /** No check is needed. */
  readonly settled: boolean;
}

export interface WhatsAppRules {
  /** Whether a check can answer at all; where not, an unknown answer is final. */
  readonly canCheck: boolean;
  /** Check after every write, whatever the answer to the write said. */
  readonly alwaysCheck: boolean;
  /** A write renews an answer that is older than this. */
  readonly maxAgeMs: number;
}

/** A "yes" in an answer to a write is taken; a "no" or silence is confirmed by the check unless it is fresh. */
export function heardOf(
  known: WhatsAppKnowledge,
  heard: WhatsAppAnswer,
  rules: WhatsAppRules,
): WhatsAppKnowledge {
  if (rules.alwaysCheck && rules.canCheck) return { ...known, settled: false };
  if (heard === 'yes') return { answer: 'yes', ageMs: 0, learnt: true, settled: true };
  const fresh = known.ageMs !== null && known.ageMs <= rules.maxAgeMs;
  const contradicted = heard === 'no' && known.answer === 'yes';
  return { ...known, settled: known.answer !== 'unknown' && fresh && !contradicted };
}

export function checked(answer: WhatsAppAnswer): WhatsAppKnowledge {
  return { answer, ageMs: 0, learnt: true, settled: true };
}
