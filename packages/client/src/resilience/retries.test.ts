import { describe, expect, it } from 'vitest';
import { broken, json, text } from '../../test/scripted-fetch.ts';
import { appendixContact, finish, found, phone, setUp } from '../../test/set-up.ts';

const reset = new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
const newContact = { phone, fields: {} };
const change = { set: { visa_type: 'tourist' }, clear: [] };

describe('retries', () => {
  it('repeats a read with doubled, jittered waits until it succeeds', async () => {
    const { client, clock, sent } = setUp([text('', 500), reset, found]);
    const result = await clock.settle(client.contacts.find(phone));
    expect(result.isOk()).toBe(true);
    expect(sent.map((request) => request.at)).toEqual([0, 500, 1_500]);
  });

  it('takes the chance from the injected source', async () => {
    const { client, clock, sent } = setUp([text('', 502), found], { random: () => 0.25 });
    await finish(client.contacts.find(phone), clock);
    expect(sent.map((request) => request.at)).toEqual([0, 125]);
  });

  it('caps the ceiling of a wait at maxDelayMs', async () => {
    const { client, clock, sent } = setUp([text('', 504)], {
      retry: { attempts: 4, baseDelayMs: 1_000, maxDelayMs: 1_500 },
    });
    await finish(client.contacts.find(phone), clock);
    expect(sent.map((request) => request.at)).toEqual([0, 1_000, 2_500, 4_000]);
  });

  it('makes as many attempts as configured', async () => {
    for (const attempts of [1, 2, 5]) {
      const { client, clock, sent } = setUp([text('', 500)], { retry: { attempts }, circuitBreaker: false });
      const result = await clock.settle(client.contacts.find(phone));
      expect(result._unsafeUnwrapErr()).toMatchObject({ kind: 'unavailable', status: 500 });
      expect(sent).toHaveLength(attempts);
    }
  });

  it.each([
    ['network', reset, 3],
    ['timeout', 'hang', 2],
    ['unavailable', text('<html>', 503), 3],
    ['rate_limited', json({ error: 'Rate limit exceeded' }, 429), 3],
    ['network', broken('{"id":"4477'), 3],
    ['unauthorized', json({ error: 'no' }, 401), 1],
    ['not_found', json({ error: 'no' }, 404), 1],
    ['invalid_request', json({ error: 'no' }, 422), 1],
    ['unexpected_body', text('{"id":"4477'), 1],
  ] as const)('sends an update that ends as %s again where that can help', async (kind, step, requests) => {
    const { client, clock, sent } = setUp([step]);
    const result = await clock.settle(client.contacts.update(phone, change));
    expect(result._unsafeUnwrapErr().kind).toBe(kind);
    expect(sent).toHaveLength(requests);
  });

  it.each([
    ['network', reset],
    ['timeout', 'hang'],
    ['unavailable', text('', 503, { 'retry-after': '1' })],
    ['rate_limited', text('', 429, { 'retry-after': '1' })],
    ['network', new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } })],
  ] as const)('never repeats a create, here after %s', async (kind, step) => {
    const { client, clock, sent } = setUp([step]);
    const result = await clock.settle(client.contacts.create(newContact));
    expect(result._unsafeUnwrapErr().kind).toBe(kind);
    expect(sent).toHaveLength(1);
  });

  it('sends the same body in a fresh request each time', async () => {
    const { client, clock, sent } = setUp([text('', 500), text('', 500), found]);
    const result = await clock.settle(client.contacts.update(phone, change));
    expect(result.isOk()).toBe(true);
    expect(new Set(sent.map((request) => request.body))).toEqual(
      new Set(['{"customFields":{"visa_type":"tourist"}}']),
    );
    expect(new Set(sent.map((request) => request.request)).size).toBe(3);
  });

  it('waits as long as the service asks, in seconds', async () => {
    const { client, clock, sent } = setUp([text('', 429, { 'retry-after': '7' }), found]);
    await finish(client.contacts.find(phone), clock);
    expect(sent.map((request) => request.at)).toEqual([0, 7_000]);
  });

  it('waits as long as the service asks, as a date', async () => {
    const headers = { 'retry-after': 'Wed, 20 Aug 2025 10:00:09 GMT', date: 'Wed, 20 Aug 2025 10:00:00 GMT' };
    const { client, clock, sent } = setUp([text('', 503, headers), found]);
    await finish(client.contacts.find(phone), clock);
    expect(sent.map((request) => request.at)).toEqual([0, 9_000]);
  });

  it('gives up at once when the asked wait is longer than maxWaitMs', async () => {
    const { client, clock, sent } = setUp([text('', 503, { 'retry-after': '11' }), found]);
    const result = await clock.settle(client.contacts.find(phone));
    expect(result._unsafeUnwrapErr()).toMatchObject({
      kind: 'unavailable',
      retryAfterMs: 11_000,
      status: 503,
    });
    expect([clock.now(), sent.length]).toEqual([0, 1]);
  });

  it('gives up at once when the asked wait passes the deadline', async () => {
    const { client, clock } = setUp([text('', 429, { 'retry-after': '5' }), found]);
    const result = await clock.settle(client.contacts.find(phone, { deadlineMs: 4_000 }));
    expect(result._unsafeUnwrapErr()).toMatchObject({ kind: 'rate_limited', retryAfterMs: 5_000 });
    expect(clock.now()).toBe(0);
  });

  it('gives up when its own wait would pass the deadline', async () => {
    const { client, clock, sent } = setUp([reset, found]);
    const result = await clock.settle(client.contacts.find(phone, { deadlineMs: 500 }));
    expect(result._unsafeUnwrapErr().kind).toBe('network');
    expect([clock.now(), sent.length]).toEqual([0, 1]);
  });

  it('tells the worst effect of all attempts', async () => {
    const refused = new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
    const after = async (...steps: Parameters<typeof setUp>[0]) => {
      const { client, clock } = setUp(steps);
      return (await clock.settle(client.contacts.update(phone, change)))._unsafeUnwrapErr();
    };
    expect(await after(refused)).toMatchObject({ kind: 'network', effect: 'none' });
    expect(await after(reset, refused)).toMatchObject({ kind: 'network', effect: 'unknown' });
    expect(await after(reset, json({}, 401))).toMatchObject({ kind: 'unauthorized', effect: 'unknown' });
  });

  it('reads the contact after attempts that failed', async () => {
    const { client, clock } = setUp([reset, text('', 500), found]);
    const result = await clock.settle(client.contacts.find(phone));
    expect(result._unsafeUnwrap()?.fields).toEqual(appendixContact.customFields);
  });
});
