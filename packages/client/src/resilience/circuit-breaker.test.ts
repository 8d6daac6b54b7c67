import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../test/manual-clock.ts';
import { createCircuitBreaker, type Verdict } from './circuit-breaker.ts';

function setUp() {
  const clock = createManualClock();
  const breaker = createCircuitBreaker({ failureThreshold: 3, openMs: 1_000 }, clock);
  const settle = (...verdicts: Verdict[]) => {
    for (const verdict of verdicts) breaker.enter()?.settle(verdict);
  };
  return { clock, breaker, settle };
}

describe('createCircuitBreaker', () => {
  it('opens after failures in a row and tells how long', () => {
    const { breaker, clock, settle } = setUp();
    settle('failure', 'failure', 'success', 'failure', 'failure');
    expect(breaker.waitMs()).toBe(0);
    settle('failure');
    clock.advance(400);
    expect(breaker.waitMs()).toBe(600);
    expect(breaker.enter()).toBeNull();
  });

  it('takes a neutral answer neither as failure nor as recovery', () => {
    const { breaker, settle } = setUp();
    settle('failure', 'failure', 'neutral', 'neutral', 'neutral');
    expect(breaker.waitMs()).toBe(0);
    settle('failure');
    expect(breaker.waitMs()).toBe(1_000);
  });

  it('lets a single probe through when its time has passed', () => {
    const { breaker, clock, settle } = setUp();
    settle('failure', 'failure', 'failure');
    clock.advance(1_000);
    const probe = breaker.enter();
    expect(probe).not.toBeNull();
    expect(breaker.enter()).toBeNull();
    expect(breaker.waitMs()).toBe(1_000);
    probe?.settle('success');
    expect(breaker.waitMs()).toBe(0);
    settle('failure', 'failure');
    expect(breaker.waitMs()).toBe(0);
  });

  it('opens anew when the probe fails', () => {
    const { breaker, clock, settle } = setUp();
    settle('failure', 'failure', 'failure');
    clock.advance(1_000);
    settle('failure');
    expect(breaker.waitMs()).toBe(1_000);
  });

  it('sends another probe after one that proved nothing', () => {
    const { breaker, clock, settle } = setUp();
    settle('failure', 'failure', 'failure');
    clock.advance(1_000);
    settle('neutral');
    expect(breaker.waitMs()).toBe(0);
    settle('success');
    settle('failure', 'failure');
    expect(breaker.waitMs()).toBe(0);
  });

  it('ignores answers to requests from before it opened', () => {
    const { breaker, clock, settle } = setUp();
    const [late, later] = [breaker.enter(), breaker.enter()];
    settle('failure', 'failure', 'failure');
    clock.advance(400);
    late?.settle('failure');
    expect(breaker.waitMs()).toBe(600);
    clock.advance(600);
    const probe = breaker.enter();
    later?.settle('failure');
    expect(breaker.enter()).toBeNull();
    probe?.settle('success');
    expect(breaker.waitMs()).toBe(0);
  });
});
