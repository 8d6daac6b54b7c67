import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createManualClock } from '../../test/manual-clock.ts';
import { json, type Step, scriptFetch, text } from '../../test/scripted-fetch.ts';
import { createV11Service } from '../../test/v11-service.ts';
import { createCbbClient, detectContract } from '../index.ts';

const apiKey = '1000001.secret';
const page = { page_id: '1000001', name: 'Example' };

const detect = async (...steps: readonly Step[]) => {
  const clock = createManualClock();
  const script = scriptFetch(clock, ...steps);
  const result = await clock.settle(detectContract({ apiKey, clock, fetch: script.fetch }));
  return { result, ...script };
};

describe('detectContract', () => {
  it('asks once, with the key in the header of v1.1', async () => {
    const { sent } = await detect(json(page));
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /api/accounts/me']);
    expect(sent[0]?.headers.get('x-access-token')).toBe(apiKey);
  });

  it.each([
    ['an account', json(page), 'v1.1'],
    [
      'an account under another label',
      text(JSON.stringify(page), 200, { 'content-type': 'text/html' }),
      'v1.1',
    ],
    ['status 404', text('', 404), 'plan'],
    ['status 404 with an error', json({ error: 'Not found' }, 404), 'plan'],
    ['a Bearer challenge', text('', 401, { 'www-authenticate': 'Bearer realm="api"' }), 'plan'],
  ] as const)('reads %s as %s', async (_, step, contract) => {
    expect((await detect(step)).result._unsafeUnwrap()).toBe(contract);
  });

  it.each([
    ['a rejected key', json({ error: { code: 401 } }), 'unauthorized', 'HTTP 200'],
    ['status 401', text('', 401), 'unauthorized', 'HTTP 401'],
    ['another challenge', text('', 401, { 'www-authenticate': 'Basic' }), 'unauthorized', 'unauthorized'],
    ['status 503', text('', 503), 'unavailable', 'HTTP 503'],
    ['another answer', json({ hello: 1 }), 'unexpected_body', 'an answer that is no account'],
    ['no answer', new TypeError('fetch failed'), 'network', 'connection'],
    ['silence', 'hang', 'timeout', 'no complete answer'],
  ] as const)('says that it saw %s', async (_, step, kind, words) => {
    const { result, sent } = await detect(step);
    const error = result._unsafeUnwrapErr();
    expect(error.kind).toBe(kind);
    expect(error.message).toContain(words);
    expect(error.message).not.toContain('secret');
    expect(sent).toHaveLength(1);
  });

  it('says whether asking again can help', async () => {
    expect((await detect(json({}))).result._unsafeUnwrapErr().retryable).toBe(false);
    expect((await detect(text('', 503))).result._unsafeUnwrapErr().retryable).toBe(true);
  });

  it('refuses unusable options', () => {
    const attempt = () => Reflect.apply(detectContract, undefined, [{ apiKey: '', retries: 1 }]);
    expect(attempt).toThrow(TypeError);
    expect(attempt).toThrow(/apiKey[\s\S]*retries/);
  });
});

describe('behind MSW', () => {
  const service = createV11Service();
  const server = setupServer(...service.handlers);
  beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());

  it('detects the contract and writes a contact through the global fetch', async () => {
    const contract = (await detectContract({ apiKey }))._unsafeUnwrap();
    expect(contract).toBe('v1.1');
    const client = createCbbClient({ contract: 'v1.1', apiKey });
    const fields = { visa_country: 'india', order_date_time: '2025-08-20T10:00:00.000Z' };
    (await client.contacts.create({ phone: '447700900123', name: 'Jane', fields }))._unsafeUnwrap();
    expect((await client.contacts.find('447700900123'))._unsafeUnwrap()).toMatchObject({
      name: 'Jane',
      fields,
    });
  });

  it('offers every operation raw', async () => {
    const { raw } = createCbbClient({ contract: 'v1.1', apiKey });
    const answer = await raw.GET('/accounts/me');
    expect(answer.data).toMatchObject({ page_id: '1000001' });
    const form = await raw.POST('/contacts/{contact_id}/custom_fields/{field_id}', {
      params: { path: { contact_id: '447700900123', field_id: '100006' } },
      body: { value: 'a b' },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(form.data).toEqual({ success: true });
    expect(service.exchanges.at(-1)?.body).toBe('value=a+b');
  });
});
