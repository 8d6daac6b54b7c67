import { describe, expect, it } from 'vitest';
import { json } from '../../test/scripted-fetch.ts';
import { finish, found, phone, setUp } from '../../test/set-up.ts';
import { setUpService } from '../../test/set-up-v11.ts';
import type { CallOptions, CbbCall } from '../index.ts';

describe('timeoutMs of a call', () => {
  it.each([
    [100, 100],
    [9_000, 9_000],
  ])('of %i ends each of its requests, shorter or longer than that of the client', async (timeoutMs, end) => {
    const { client, clock } = setUp(['hang'], { timeoutMs: 2_000, retry: { attempts: 1 } });
    expect(await finish(client.contacts.find(phone, { timeoutMs }), clock)).toBe('timeout');
    expect(clock.now()).toBe(end);
  });

  it('holds for every request of a call on v1.1', async () => {
    const { client, clock, service } = setUpService({ retry: { attempts: 1 } });
    service.intercept = async (index, request, next) =>
      index === 2 ? new Promise<Response>(() => undefined) : next(request);
    const call = client.contacts.create({ phone, fields: { notes: 'x' } }, { timeoutMs: 700 });
    expect(await finish(call, clock)).toBe('timeout');
    expect(clock.now()).toBe(700);
  });
});

describe('headers of a call', () => {
  it('are sent over those of the client, and with no other call', async () => {
    const { client, sent } = setUp([found], { headers: { 'X-Trace': 'client', 'x-other': 'o' } });
    await finish(client.contacts.find(phone, { headers: { 'x-TRACE': 'call' } }));
    await finish(client.contacts.find(phone));
    const traces = sent.map(({ headers }) => [headers.get('x-trace'), headers.get('x-other')]);
    expect(traces).toEqual([
      ['call', 'o'],
      ['client', 'o'],
    ]);
  });

  it('are sent with every request of a call on v1.1', async () => {
    const { client, service } = setUpService();
    const headers = { 'x-trace': 'call' };
    await finish(client.contacts.create({ phone, fields: {} }, { headers }));
    expect(service.exchanges.map((exchange) => exchange.headers.get('x-trace'))).toEqual(['call', 'call']);
  });

  it('are those of openapi-fetch for a raw call, over those of the client', async () => {
    const { client, sent } = setUp([found], { headers: { 'x-trace': 'client' } });
    await client.raw.GET('/contacts/{id}', {
      params: { path: { id: phone } },
      headers: { 'x-trace': 'call', authorization: 'Bearer other' },
    });
    expect(sent[0]?.headers.get('x-trace')).toBe('call');
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer secret-key-1');
  });

  it.each(['authorization', 'X-Access-Token', 'accept', 'content-type', 'a b', 'x'])(
    'cannot be %s with what cannot be sent',
    async (name) => {
      const { client, sent } = setUp([found]);
      const headers = { [name]: name === 'x' ? 'line\nbreak' : 'top-secret' };
      const error = (await client.contacts.find(phone, { headers }))._unsafeUnwrapErr();
      expect(error).toMatchObject({ kind: 'invalid_request', effect: 'none' });
      expect(error.message).toContain('unusable call options: headers (');
      expect(sent).toHaveLength(0);
    },
  );
});

it('every call takes every option', async () => {
  const contact = { phone, fields: {} };
  const changes = { set: { notes: 'x' }, clear: [] };
  const { client, service, clock } = setUpService({ accountId: '1000001' });
  const calls: ((options: CallOptions) => CbbCall<unknown>)[] = [
    (options) => client.contacts.create(contact, options),
    (options) => client.contacts.find(phone, options),
    (options) => client.contacts.update(phone, changes, options),
    (options) => client.contacts.checkWhatsApp(phone, options),
    (options) => client.contacts.erase(phone, ['notes'], options),
    (options) => client.customFields.list(options),
    (options) => client.customFields.create({ name: 'new', type: 'text' }, options),
    (options) => client.verifyAccount(options),
    (options) => client.scope(options),
    (options) => client.api.getContact(phone, options),
  ];
  const signal = new AbortController().signal;
  const usable = { timeoutMs: 1_000, deadlineMs: 5_000, maxWaitMs: 0, headers: { 'x-a': 'b' }, signal };
  for (const call of calls) expect(await finish(call(usable), clock)).toBe('ok');
  service.exchanges.length = 0;
  for (const call of calls.slice(0, -2)) {
    expect(await finish(call({ timeoutMs: 0 }), clock)).toBe('invalid_request');
    expect(await finish(call({ signal: AbortSignal.abort() }), clock)).toBe('aborted');
    expect(await finish(call({ deadlineMs: 0 }), clock)).toBe('timeout');
  }
  expect(service.lines()).toEqual([]);
});

it('a call of plan takes them too', async () => {
  const { client, clock } = setUp([json({}, 503, { 'retry-after': '5' })]);
  expect(await finish(client.contacts.find(phone, { maxWaitMs: 0 }), clock)).toBe('unavailable');
  expect(clock.now()).toBe(0);
});
