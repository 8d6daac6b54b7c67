import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { text } from '../../test/scripted-fetch.ts';
import { finish, found, phone, setUp } from '../../test/set-up.ts';

const change = { set: { visa_type: 'tourist' }, clear: [] };

describe('timeout and deadline', () => {
  it('ends a request after timeoutMs', async () => {
    const { client, clock, sent } = setUp(['hang'], { timeoutMs: 2_000, retry: { attempts: 1 } });
    const result = await clock.settle(client.contacts.update(phone, change));
    expect(result._unsafeUnwrapErr()).toMatchObject({ kind: 'timeout', effect: 'unknown', retryable: true });
    expect(clock.now()).toBe(2_000);
    expect(sent[0]?.request.signal.aborted).toBe(true);
  });

  it('ends a request whose fetch ignores the signal', async () => {
    const { client, clock } = setUp(['hang and ignore abort'], { timeoutMs: 2_000, retry: { attempts: 1 } });
    const result = await clock.settle(client.contacts.find(phone));
    expect(result._unsafeUnwrapErr()).toMatchObject({ kind: 'timeout', effect: 'none' });
  });

  it('counts the body into the timeout', async () => {
    const slow = () => new Response(new ReadableStream({ pull: () => new Promise(() => undefined) }));
    const { client, clock } = setUp([slow], { timeoutMs: 2_000, retry: { attempts: 1 } });
    const result = await clock.settle(client.contacts.find(phone));
    expect(result._unsafeUnwrapErr().kind).toBe('timeout');
    expect(clock.now()).toBe(2_000);
  });

  it("ends the whole call at the client's deadline", async () => {
    const { client, clock, sent } = setUp(['hang'], {
      timeoutMs: 2_000,
      deadlineMs: 4_000,
      retry: { attempts: 9 },
    });
    const result = await clock.settle(client.contacts.find(phone));
    expect(result._unsafeUnwrapErr().kind).toBe('timeout');
    expect(clock.now()).toBe(4_000);
    expect(sent.map((request) => request.at)).toEqual([0, 2_500]);
  });

  it("ends the whole call at the call's own deadline", async () => {
    const { client, clock } = setUp(['hang']);
    await finish(client.contacts.find(phone, { deadlineMs: 700 }), clock);
    expect(clock.now()).toBe(700);
  });

  it.each([0, -5])('sends nothing with a deadline of %i', async (deadlineMs) => {
    const { client, clock, sent } = setUp([found]);
    const result = await clock.settle(client.contacts.update(phone, change, { deadlineMs }));
    expect(result._unsafeUnwrapErr()).toMatchObject({ kind: 'timeout', effect: 'none' });
    expect(sent).toHaveLength(0);
  });

  it('refuses call options that it cannot keep', async () => {
    const { client, sent } = setUp([found]);
    const unusable = { deadlineMs: Number.NaN, maxWaitMs: -1, signal: 'no', deadline: 1 };
    const result = await client.contacts.find(phone, Object(unusable));
    const error = result._unsafeUnwrapErr();
    expect(error).toMatchObject({ kind: 'invalid_request', effect: 'none', retryable: false });
    for (const name of ['deadlineMs', 'maxWaitMs', 'signal', 'deadline: unknown option']) {
      expect(error.message).toContain(name);
    }
    expect(sent).toHaveLength(0);
  });
});

describe('abort', () => {
  it('before the call sends nothing', async () => {
    const { client, sent } = setUp([found]);
    const result = await client.contacts.update(phone, change, { signal: AbortSignal.abort() });
    expect(result._unsafeUnwrapErr()).toMatchObject({ kind: 'aborted', effect: 'none', retryable: true });
    expect(sent).toHaveLength(0);
  });

  it('ends a request that is under way', async () => {
    const { client, clock, sent } = setUp(['hang']);
    const controller = new AbortController();
    const call = client.contacts.update(phone, change, { signal: controller.signal });
    clock.schedule(100, () => controller.abort());
    const result = await clock.settle(call);
    expect(result._unsafeUnwrapErr()).toMatchObject({ kind: 'aborted', effect: 'unknown' });
    expect([clock.now(), sent.length, clock.pending()]).toEqual([100, 1, 0]);
  });

  it('ends the wait before a retry', async () => {
    const { client, clock, sent } = setUp([text('', 500)]);
    const controller = new AbortController();
    const call = client.contacts.update(phone, change, { signal: controller.signal });
    clock.schedule(100, () => controller.abort());
    const result = await clock.settle(call);
    expect(result._unsafeUnwrapErr()).toMatchObject({ kind: 'aborted', effect: 'unknown' });
    expect([clock.now(), sent.length, clock.pending()]).toEqual([100, 1, 0]);
  });

  it('ends the wait for the rate limit', async () => {
    const { client, clock, sent } = setUp([found], {
      rateLimit: { requestsPerMinute: 1 },
      maxWaitMs: 60_000,
      deadlineMs: 90_000,
    });
    await finish(client.contacts.find(phone), clock);
    const controller = new AbortController();
    const call = client.contacts.update(phone, change, { signal: controller.signal });
    clock.schedule(100, () => controller.abort());
    const result = await clock.settle(call);
    expect(result._unsafeUnwrapErr()).toMatchObject({ kind: 'aborted', effect: 'none' });
    expect([clock.now(), sent.length, clock.pending()]).toEqual([100, 1, 0]);
  });

  it('by a hook keeps the request from being sent to its end', async () => {
    const controller = new AbortController();
    const { client } = setUp(['hang'], { hooks: { onRequest: () => controller.abort() } });
    const result = await client.contacts.find(phone, { signal: controller.signal });
    expect(result._unsafeUnwrapErr().kind).toBe('aborted');
  });

  it('leaves no listener and no timer behind in 10,000 calls', { timeout: 60_000 }, async () => {
    const { client, clock } = setUp([found]);
    const { signal } = new AbortController();
    for (let call = 0; call < 10_000; call += 1) await finish(client.contacts.find(phone, { signal }));
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    expect(clock.pending()).toBe(0);
  });

  it('leaves nothing behind after failures and waits either', async () => {
    const { client, clock } = setUp([text('', 500), text('', 429), new TypeError('fetch failed'), 'hang']);
    const { signal } = new AbortController();
    await finish(client.contacts.find(phone, { signal, maxWaitMs: 60_000 }), clock);
    await finish(client.contacts.find(phone, { signal }), clock);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    expect(clock.pending()).toBe(0);
  });
});
