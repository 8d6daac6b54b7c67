import { describe, expect, it } from 'vitest';
import { backoffCeilingMs, backoffDelayMs } from './backoff.ts';

const policy = { attempts: 5, baseDelayMs: 500, maxDelayMs: 3_000 };

describe('backoff', () => {
  it('doubles the ceiling up to the maximum', () => {
    expect([1, 2, 3, 4, 5].map((attempt) => backoffCeilingMs(policy, attempt))).toEqual([
      500, 1_000, 2_000, 3_000, 3_000,
    ]);
  });

  it('spreads the delay over the whole range below the ceiling', () => {
    expect([0, 0.25, 1].map((chance) => backoffDelayMs(policy, 2, () => chance))).toEqual([0, 250, 1_000]);
  });
});
