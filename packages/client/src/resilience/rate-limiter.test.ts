import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../test/manual-clock.ts';
import { createSlidingWindowLimiter } from './rate-limiter.ts';

describe('createSlidingWindowLimiter', () => {
  it.each([[], [null], [{}]])('names what is missing, given %s', (...given: unknown[]) => {
    const create = () => Reflect.apply(createSlidingWindowLimiter, undefined, given);
    expect(create).toThrow(TypeError);
    for (const name of ['limit', 'windowMs', 'clock']) expect(create).toThrow(`- ${name}: expected`);
  });

  it('never grants more than the limit in any window', async () => {
    const clock = createManualClock();
    const limiter = createSlidingWindowLimiter({ limit: 10, windowMs: 1_000, clock });
    const granted: number[] = [];
    for (let step = 0; step < 600; step += 1) {
      const answer = await limiter.acquire();
      if (answer.granted) granted.push(clock.now());
      clock.advance(7);
    }
    for (const start of granted) {
      expect(granted.filter((at) => at >= start && at < start + 1_000).length).toBeLessThanOrEqual(10);
    }
    expect(granted.length).toBeGreaterThanOrEqual(40);
  });

  it('says when the next request will be granted, exactly', async () => {
    const clock = createManualClock();
    const limiter = createSlidingWindowLimiter({ limit: 2, windowMs: 60_000, clock });
    await limiter.acquire();
    clock.advance(100);
    await limiter.acquire();
    expect(await limiter.acquire()).toEqual({ granted: false, waitMs: 59_900 });
    clock.advance(59_899);
    expect(await limiter.acquire()).toEqual({ granted: false, waitMs: 1 });
    clock.advance(1);
    expect(await limiter.acquire()).toEqual({ granted: true });
  });
});
