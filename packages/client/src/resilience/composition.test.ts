import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Step, text } from '../../test/scripted-fetch.ts';
import { finish, found, phone, setUp } from '../../test/set-up.ts';

interface Answer {
  readonly status: 200 | 429 | 500 | 503 | 'hang';
  readonly askedSeconds: number | null;
}

const answer: fc.Arbitrary<Answer> = fc.record({
  status: fc.constantFrom<Answer['status'][]>(200, 429, 500, 503, 'hang'),
  askedSeconds: fc.option(fc.integer({ min: 0, max: 20 })),
});

function toStep({ status, askedSeconds }: Answer): Step {
  if (status === 200) return found;
  if (status === 'hang') return 'hang';
  return text('', status, askedSeconds === null ? {} : { 'retry-after': String(askedSeconds) });
}

describe('limiter, breaker, timeout and retries together', () => {
  it('send nothing earlier than asked, nothing beyond the limit, and end within the budget', async () => {
    const scenario = {
      answers: fc.array(answer, { minLength: 1, maxLength: 12 }),
      starts: fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 1, maxLength: 8 }),
      chance: fc.double({ min: 0, max: 0.99, noNaN: true }),
      deadlineMs: fc.integer({ min: 1, max: 40_000 }),
      maxWaitMs: fc.integer({ min: 0, max: 20_000 }),
      perMinute: fc.integer({ min: 1, max: 10 }),
    };
    await fc.assert(
      fc.asyncProperty(fc.record(scenario), async (given) => {
        const { client, clock, sent } = setUp(given.answers.map(toStep), {
          timeoutMs: 3_000,
          deadlineMs: given.deadlineMs,
          maxWaitMs: given.maxWaitMs,
          random: () => given.chance,
          rateLimit: { requestsPerMinute: given.perMinute },
          circuitBreaker: { failureThreshold: 3, openMs: 5_000 },
        });
        const calls = given.starts.map(
          (start) =>
            new Promise<number>((resolve) => {
              clock.schedule(start, async () => {
                await finish(client.contacts.find(phone));
                resolve(clock.now() - start);
              });
            }),
        );
        const durations = await clock.settle(Promise.all(calls));

        expect(Math.max(...durations)).toBeLessThanOrEqual(given.deadlineMs);
        expect(sent.length).toBeLessThanOrEqual(3 * given.starts.length);
        for (const [index, { at }] of sent.entries()) {
          expect(sent.filter((other) => other.at >= at && other.at < at + 60_000).length).toBeLessThanOrEqual(
            given.perMinute,
          );
          const { status, askedSeconds } = given.answers[Math.min(index, given.answers.length - 1)] ?? {};
          if ((status !== 429 && status !== 503) || askedSeconds === null || askedSeconds === undefined)
            continue;
          const early = sent.filter((other) => other.at > at && other.at < at + askedSeconds * 1_000);
          expect(early).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });
});
