import { describe, expect, it } from 'vitest';
import { text } from '../../test/scripted-fetch.ts';
import { finish, found, phone, setUp } from '../../test/set-up.ts';
import { setUpService } from '../../test/set-up-v11.ts';

describe('withOptions', () => {
  it('does what it is told differently, and leaves the rest and the first client as they are', async () => {
    const { client, clock, sent } = setUp(['hang'], {
      timeoutMs: 4_000,
      retry: { attempts: 1 },
      headers: { 'x-a': 'first', 'x-b': 'first' },
    });
    const quick = client.withOptions({ timeoutMs: 100, headers: { 'x-a': 'second' } });
    expect(await finish(quick.contacts.find(phone), clock)).toBe('timeout');
    expect(clock.now()).toBe(100);
    expect(await finish(client.contacts.find(phone), clock)).toBe('timeout');
    expect(clock.now()).toBe(4_100);
    expect(sent.map(({ headers }) => [headers.get('x-a'), headers.get('x-b')])).toEqual([
      ['second', null],
      ['first', 'first'],
    ]);
  });

  it('holds for raw requests and for a client that is derived once more', async () => {
    const { client, clock, sent } = setUp(['hang']);
    const derived = client.withOptions({ timeoutMs: 100 }).withOptions({ userAgent: 'orders/2.1' });
    const raw = derived.raw.GET('/contacts/{id}', { params: { path: { id: phone } } });
    await expect(clock.settle(raw)).rejects.toMatchObject({ kind: 'timeout' });
    expect(clock.now()).toBe(100);
    expect(sent[0]?.headers.get('user-agent')).toMatch(/^orders\/2\.1 visanet-cbb-client\//);
  });

  it('shares circuit, pause and rate limit', async () => {
    const limited = setUp([found], { rateLimit: { requestsPerMinute: 1 } });
    await finish(limited.client.contacts.find(phone));
    const other = limited.client.withOptions({ maxWaitMs: 0 });
    expect(await finish(other.contacts.find(phone))).toBe('rate_limited');

    const events: string[] = [];
    const { client, clock } = setUp([text('', 500)], {
      circuitBreaker: { failureThreshold: 1 },
      hooks: { onCircuitChange: ({ state }) => events.push(state) },
    });
    const failing = client.withOptions({ retry: { attempts: 1 }, hooks: {} });
    expect(await finish(failing.contacts.find(phone), clock)).toBe('unavailable');
    expect(await finish(client.contacts.find(phone, { maxWaitMs: 0 }))).toBe('circuit_open');
    expect(events).toEqual(['open']);
  });

  it('shares the proof of the account and the list of its fields on v1.1', async () => {
    const { client, service } = setUpService({ accountId: '1000001' });
    const derived = client.withOptions({ timeoutMs: 5_000 });
    await finish(client.contacts.create({ phone, fields: { notes: 'x' } }));
    service.exchanges.length = 0;
    await finish(derived.contacts.update(phone, { set: { notes: 'y' }, clear: [] }));
    expect(service.lines()).toEqual([`POST /contacts/${phone}/custom_fields/100006`]);
  });

  it.each([
    ['apiKey', { apiKey: 'other' }],
    ['baseUrl', { baseUrl: 'https://other.example' }],
    ['rateLimit', { rateLimit: false }],
    ['timeoutMs', { timeoutMs: 0 }],
    ['retry.attempts', { retry: { attempts: 99 } }],
  ])('refuses %s that it cannot do', (name, options) => {
    const { client } = setUp([found]);
    expect(() => client.withOptions(Object(options))).toThrow(name);
  });
});
