import { describe, expect, it } from 'vitest';
import { json, text } from '../../test/scripted-fetch.ts';
import { finish, found, phone, setUp } from '../../test/set-up.ts';

const change = { set: { visa_type: 'tourist' }, clear: [] };
const noRetry = { attempts: 1 };

describe('circuit breaker', () => {
  const breaker = { retry: noRetry, circuitBreaker: { failureThreshold: 2, openMs: 20_000 } };

  it('stops sending after failures in a row, and lets one probe through later', async () => {
    const { client, clock, sent } = setUp([text('', 500), text('', 500), found], breaker);
    await finish(client.contacts.find(phone), clock);
    await finish(client.contacts.find(phone), clock);
    const refused = await clock.settle(client.contacts.update(phone, change));
    expect(refused._unsafeUnwrapErr()).toMatchObject({
      kind: 'circuit_open',
      retryAfterMs: 20_000,
      effect: 'none',
      retryable: true,
    });
    expect(sent).toHaveLength(2);
    clock.advance(20_000);
    const [probe, other] = await clock.settle(
      Promise.all([client.contacts.find(phone), client.contacts.find(phone)]),
    );
    expect(probe?.isOk()).toBe(true);
    expect(other?._unsafeUnwrapErr().kind).toBe('circuit_open');
    expect((await clock.settle(client.contacts.find(phone))).isOk()).toBe(true);
  });

  it('is waited for where it will close within maxWaitMs', async () => {
    const { client, clock, sent } = setUp([text('', 500), text('', 500), found], breaker);
    await finish(client.contacts.find(phone), clock);
    await finish(client.contacts.find(phone), clock);
    clock.advance(12_000);
    const result = await clock.settle(client.contacts.find(phone));
    expect(result.isOk()).toBe(true);
    expect(sent[2]?.at).toBe(20_000);
  });

  it.each([
    ['a rate limit', text('', 429)],
    ['a refusal', json({ error: 'no' }, 422)],
    ['a contact that is not there', json({ error: 'no' }, 404)],
  ])('is not opened by %s', async (_, step) => {
    const { client, clock, sent } = setUp([step], { ...breaker, maxWaitMs: 10_000 });
    for (let call = 0; call < 5; call += 1) await finish(client.contacts.update(phone, change), clock);
    expect(sent).toHaveLength(5);
  });

  it('takes a rate limit for no proof of health either', async () => {
    const { client, clock, sent } = setUp([text('', 500), text('', 429), text('', 500)], breaker);
    for (let call = 0; call < 5; call += 1) await finish(client.contacts.find(phone), clock);
    expect(sent).toHaveLength(3);
  });

  it('sends another probe after one that met a rate limit', async () => {
    const limited = text('', 429, { 'retry-after': '1' });
    const { client, clock } = setUp([text('', 500), text('', 500), limited, found], breaker);
    await finish(client.contacts.find(phone), clock);
    await finish(client.contacts.find(phone), clock);
    clock.advance(20_000);
    expect(await finish(client.contacts.find(phone), clock)).toBe('rate_limited');
    expect(await finish(client.contacts.find(phone), clock)).toBe('ok');
  });

  it.each([
    ['of the client', { deadlineMs: 100 }, undefined],
    ['of each call', {}, { deadlineMs: 1_000 }],
  ])(
    'is opened by silence until a deadline %s that is shorter than the timeout',
    async (_, options, limits) => {
      const { client, clock, sent } = setUp(['hang'], options);
      for (let call = 0; call < 20; call += 1) await finish(client.contacts.find(phone, limits), clock);
      expect(sent).toHaveLength(5);
    },
  );

  it('is opened by timeouts, but not by the haste of a caller', async () => {
    const { client, clock, sent } = setUp(['hang'], { ...breaker, timeoutMs: 1_000 });
    for (let call = 0; call < 4; call += 1) {
      await finish(client.contacts.find(phone, { deadlineMs: 10 }), clock);
    }
    expect(sent).toHaveLength(4);
    for (let call = 0; call < 4; call += 1) await finish(client.contacts.find(phone), clock);
    expect(sent).toHaveLength(6);
  });

  it('guards the raw client with the same state', async () => {
    const { client, clock } = setUp([text('', 500)], breaker);
    const read = () => client.raw.GET('/contacts/{id}', { params: { path: { id: phone } } });
    await clock.settle(read());
    await clock.settle(read());
    await expect(clock.settle(read())).rejects.toMatchObject({ error: { kind: 'circuit_open' } });
    expect((await clock.settle(client.contacts.find(phone)))._unsafeUnwrapErr().kind).toBe('circuit_open');
  });

  it('leaves the last failure on top where it stops a retry', async () => {
    const { client, clock, sent } = setUp([text('', 500)], {
      circuitBreaker: { failureThreshold: 1, openMs: 20_000 },
    });
    const result = await clock.settle(client.contacts.update(phone, change));
    expect(result._unsafeUnwrapErr()).toMatchObject({
      kind: 'unavailable',
      status: 500,
      effect: 'unknown',
      retryAfterMs: 19_500,
    });
    expect(sent).toHaveLength(1);
  });

  it('can be switched off', async () => {
    const { client, clock, sent } = setUp([text('', 500)], { retry: noRetry, circuitBreaker: false });
    for (let call = 0; call < 20; call += 1) await finish(client.contacts.find(phone), clock);
    expect(sent).toHaveLength(20);
  });
});
