import { describe, expect, it } from 'vitest';
import { json, text } from '../../test/scripted-fetch.ts';
import { finish, found, phone, setUp } from '../../test/set-up.ts';
import type { RateLimiter } from './rate-limiter.ts';

const change = { set: { visa_type: 'tourist' }, clear: [] };
const noRetry = { attempts: 1 };

describe('rate limit', () => {
  it('is none unless it is set', async () => {
    const { client, clock, sent } = setUp([found]);
    await clock.settle(Promise.all(Array.from({ length: 50 }, () => client.contacts.find(phone))));
    expect(sent.filter((request) => request.at === 0)).toHaveLength(50);
  });

  it('holds requests back in its window, whatever asks for them', async () => {
    const { client, clock, sent } = setUp([found], {
      rateLimit: { requestsPerMinute: 2 },
      maxWaitMs: 60_000,
      deadlineMs: 100_000,
    });
    const calls = [
      client.contacts.find(phone),
      client.raw.GET('/contacts/{id}', { params: { path: { id: phone } } }),
      client.contacts.update(phone, change),
    ];
    await clock.settle(Promise.all(calls));
    expect(sent.map((request) => request.at)).toEqual([0, 0, 60_000]);
  });

  it('is told at once where the wait is longer than the call allows', async () => {
    const { client, clock, sent } = setUp([found], { rateLimit: { requestsPerMinute: 1 } });
    await finish(client.contacts.find(phone), clock);
    clock.advance(10_000);
    const result = await clock.settle(client.contacts.update(phone, change, { maxWaitMs: 49_999 }));
    expect(result._unsafeUnwrapErr()).toMatchObject({
      kind: 'rate_limited',
      retryAfterMs: 50_000,
      effect: 'none',
      retryable: true,
    });
    expect(sent).toHaveLength(1);
    await finish(client.contacts.find(phone, { maxWaitMs: 50_000 }), clock);
    expect(sent[1]?.at).toBe(60_000);
  });

  it('counts every attempt', async () => {
    const { client, clock, sent } = setUp([text('', 500), found], {
      rateLimit: { requestsPerMinute: 1 },
      maxWaitMs: 60_000,
      deadlineMs: 100_000,
    });
    await finish(client.contacts.find(phone), clock);
    expect(sent.map((request) => request.at)).toEqual([0, 60_000]);
  });

  it('can be a limiter that others share', async () => {
    const answers = [{ granted: false, waitMs: 300 } as const, { granted: true } as const];
    const pauses: number[] = [];
    const limiter: RateLimiter = {
      acquire: async () => answers.shift() ?? { granted: true },
      pause: (durationMs) => {
        pauses.push(durationMs);
      },
    };
    const { client, clock, sent } = setUp([text('', 429, { 'retry-after': '4' }), found], {
      rateLimit: limiter,
    });
    await finish(client.contacts.find(phone), clock);
    expect(sent.map((request) => request.at)).toEqual([300, 4_300]);
    expect(pauses).toEqual([4_000]);
  });

  it.each([
    ['rejects', async () => Promise.reject(new Error('redis://user:password@host'))],
    ['names no time', async () => ({ granted: false, waitMs: Number.NaN }) as const],
    ['names no wait', async () => ({ granted: false, waitMs: 0 }) as const],
  ])('lets nothing through when the shared limiter %s', async (_, acquire) => {
    const { client, clock, sent } = setUp([found], { rateLimit: { acquire } });
    const error = (await clock.settle(client.contacts.find(phone)))._unsafeUnwrapErr();
    expect(error).toMatchObject({ kind: 'unavailable', effect: 'none', retryable: true });
    expect(JSON.stringify(error)).not.toContain('redis');
    expect(sent).toHaveLength(0);
  });

  it('is not waited for past the deadline or the signal, even if the limiter hangs', async () => {
    const hanging = { rateLimit: { acquire: () => new Promise<never>(() => undefined) } };
    const late = setUp([found], hanging);
    const timedOut = await late.clock.settle(late.client.contacts.find(phone));
    expect(timedOut._unsafeUnwrapErr()).toMatchObject({ kind: 'timeout', effect: 'none' });
    expect(late.clock.now()).toBe(60_000);

    const { client } = setUp([found], hanging);
    const controller = new AbortController();
    const call = client.contacts.update(phone, change, { signal: controller.signal });
    controller.abort();
    expect((await call)._unsafeUnwrapErr()).toMatchObject({ kind: 'aborted', effect: 'none' });
  });
});

describe('a pause that the service asked for', () => {
  it.each([429, 503])('by %i holds for every later call', async (status) => {
    const { client, clock, sent } = setUp([text('', status, { 'retry-after': '6' }), found], {
      retry: noRetry,
    });
    await finish(client.contacts.find(phone), clock);
    clock.advance(1_000);
    await clock.settle(
      Promise.all([
        client.contacts.find(phone),
        client.raw.GET('/contacts/{id}', { params: { path: { id: phone } } }),
      ]),
    );
    expect(sent.map((request) => request.at)).toEqual([0, 6_000, 6_000]);
  });

  it.each([
    [429, 'rate_limited'],
    [503, 'circuit_open'],
  ] as const)('by %i is told as %s where it is too long to wait for', async (status, kind) => {
    const { client, clock, sent } = setUp([text('', status, { 'retry-after': '40' }), found]);
    await finish(client.contacts.find(phone), clock);
    clock.advance(5_000);
    const result = await clock.settle(client.contacts.update(phone, change));
    expect(result._unsafeUnwrapErr()).toMatchObject({ kind, retryAfterMs: 35_000, effect: 'none' });
    expect(sent).toHaveLength(1);
  });

  it('is never shortened by a later answer', async () => {
    const { client, clock, sent } = setUp(
      [text('', 429, { 'retry-after': '9' }), text('', 429, { 'retry-after': '1' }), found],
      { retry: noRetry },
    );
    await clock.settle(Promise.all([client.contacts.find(phone), client.contacts.find(phone)]));
    await finish(client.contacts.find(phone), clock);
    expect(sent.map((request) => request.at)).toEqual([0, 0, 9_000]);
  });

  it('is estimated where a 429 names none, and the error tells it', async () => {
    const { client, clock } = setUp([json({ error: 'Rate limit exceeded' }, 429)], { retry: noRetry });
    const result = await clock.settle(client.contacts.find(phone));
    expect(result._unsafeUnwrapErr()).toMatchObject({ kind: 'rate_limited', retryAfterMs: 500 });
  });

  it('that begins while a request waits for its turn holds for it too', async () => {
    let release: (answer: { granted: true }) => void = () => undefined;
    let asked = 0;
    const limiter: RateLimiter = {
      acquire: () => {
        asked += 1;
        return asked === 2
          ? new Promise((resolve) => {
              release = resolve;
            })
          : Promise.resolve({ granted: true });
      },
    };
    const { client, clock, sent } = setUp([text('', 429, { 'retry-after': '3' }), found], {
      rateLimit: limiter,
      retry: noRetry,
    });
    const first = client.contacts.find(phone);
    const second = client.contacts.find(phone);
    await finish(first);
    release({ granted: true });
    await finish(second, clock);
    expect(sent.map((request) => request.at)).toEqual([0, 3_000]);
  });
});

describe('an absurd wait', () => {
  const year = text('', 503, { 'retry-after': '31536000' });

  it.each([
    ['five minutes unless told otherwise', {}, 300_000],
    ['the cap that is told', { maxRetryAfterMs: 20_000 }, 20_000],
  ])(
    'counts as %s: in the error, in the pause and for those who share a limiter',
    async (_, options, capMs) => {
      const pauses: number[] = [];
      const rateLimit: RateLimiter = {
        acquire: async () => ({ granted: true }),
        pause: (durationMs) => {
          pauses.push(durationMs);
        },
      };
      const { client, clock, sent } = setUp([year, found], { ...options, rateLimit });
      const told = await clock.settle(client.contacts.find(phone));
      expect(told._unsafeUnwrapErr()).toMatchObject({ kind: 'unavailable', retryAfterMs: capMs });
      expect(pauses).toEqual([capMs]);
      clock.advance(1_000);
      const waiting = await clock.settle(client.contacts.find(phone));
      expect(waiting._unsafeUnwrapErr().retryAfterMs).toBe(capMs - 1_000);
      clock.advance(capMs - 1_000);
      expect(await finish(client.contacts.find(phone), clock)).toBe('ok');
      expect(sent).toHaveLength(2);
    },
  );

  it('of a limiter is cut to the cap', async () => {
    const rateLimit: RateLimiter = {
      acquire: async () => ({ granted: false, waitMs: Number.POSITIVE_INFINITY }),
    };
    const { client, clock } = setUp([found], { rateLimit });
    const told = await clock.settle(client.contacts.find(phone));
    expect(told._unsafeUnwrapErr()).toMatchObject({ kind: 'rate_limited', retryAfterMs: 300_000 });
  });

  it.each(['9'.repeat(400), '-1', 'soon'])('that is no time counts as absent: %s', async (value) => {
    const { client, clock, sent } = setUp([text('', 503, { 'retry-after': value }), found]);
    expect(await finish(client.contacts.find(phone), clock)).toBe('ok');
    expect(sent.map(({ at }) => at)).toEqual([0, 500]);
  });
});
