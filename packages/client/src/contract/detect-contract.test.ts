import { createSimulator, startSimulatorServer } from '@visanet/cbb-testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { createManualClock } from '../../test/manual-clock.ts';
import { json, type Step, scriptFetch, text } from '../../test/scripted-fetch.ts';
import { detectContract } from '../index.ts';

const apiKey = '1000001.secret';
const page = { page_id: '1000001', name: 'Example' };
const noAccount = json({ error: 'Not found' }, 404);
const bearer = (body = '') => text(body, 401, { 'www-authenticate': 'Bearer realm="api"' });

const detect = async (...steps: readonly Step[]) => {
  const clock = createManualClock();
  const script = scriptFetch(clock, ...steps);
  const result = await clock.settle(detectContract({ apiKey, clock, fetch: script.fetch }));
  return { result, ...script };
};

describe('the first look', () => {
  it('asks for the account, with the key in the header of v1.1', async () => {
    const { sent } = await detect(json(page));
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /api/accounts/me']);
    expect(sent[0]?.headers.get('x-access-token')).toBe(apiKey);
  });

  it.each([
    ['an account', json(page)],
    ['an account under another label', text(JSON.stringify(page), 200, { 'content-type': 'text/html' })],
    ['an account with a number for its id', json({ ...page, page_id: 1000001 })],
  ] as const)('reads %s as v1.1', async (_, step) => {
    const { result } = await detect(step);
    expect(result._unsafeUnwrap()).toEqual({ contract: 'v1.1', account: '1000001' });
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
});

describe('the second look', () => {
  it('asks for a contact that cannot be, with the key as Bearer', async () => {
    const { sent } = await detect(noAccount);
    expect(sent.map(({ path }) => path)).toEqual(['/api/accounts/me', '/api/contacts/0']);
    expect(sent[1]?.headers.get('authorization')).toBe(`Bearer ${apiKey}`);
    expect(sent[1]?.headers.get('x-access-token')).toBeNull();
  });

  it.each([
    ['{error}', { error: 'Contact not found' }],
    ['{message}', { message: 'Contact not found' }],
    ['{error: {code, message}}', { error: { code: 'not_found', message: 'Contact not found' } }],
    ['{message: {code, message}}', { message: { code: 'not_found', message: 'Contact not found' } }],
  ])('takes a 404 of the shape %s for plan, after a 404 and after a challenge', async (_, body) => {
    const proof = { contract: 'plan', account: 'default' };
    expect((await detect(noAccount, json(body, 404))).result._unsafeUnwrap()).toEqual(proof);
    expect((await detect(bearer(), json(body, 404))).result._unsafeUnwrap()).toEqual(proof);
  });

  it.each([
    [
      'a page',
      text('<html>private</html>', 404, { 'content-type': 'text/html; charset=utf-8' }),
      'text/html, no JSON',
    ],
    ['an empty 404', text('', 404), 'HTTP 404 ('],
    ['JSON of no known shape', json({ title: 'private' }, 404), 'application/json, JSON'],
    ['a refusal of v1.1', json({ success: false, message: 'private' }, 404), 'HTTP 404'],
    ['a list', json(['private'], 404), 'HTTP 404'],
    ['a contact', json({ id: '0', phone: '', customFields: {} }), 'HTTP 200'],
    ['a type of its own', text('{}', 404, { 'content-type': 'x/private' }), 'another content type'],
  ] as const)('takes %s for nothing, and says what it saw', async (_, step, words) => {
    const { result, sent } = await detect(noAccount, step);
    const error = result._unsafeUnwrapErr();
    expect(error).toMatchObject({ kind: 'unexpected_body', retryable: false, effect: 'none' });
    expect(error.message).toContain('/accounts/me answered HTTP 404 (application/json, JSON)');
    expect(error.message).toContain(words);
    expect(error.message).not.toContain('private');
    expect(sent).toHaveLength(2);
  });

  it.each([
    ['rejects the key', bearer(), 'unauthorized'],
    ['is busy', json({ error: 'Rate limit exceeded' }, 429, { 'retry-after': '7' }), 'rate_limited'],
    ['is down', text('', 503), 'unavailable'],
    ['is silent', 'hang', 'timeout'],
  ] as const)('tells that a service %s', async (_, step, kind) => {
    expect((await detect(bearer(), step)).result._unsafeUnwrapErr().kind).toBe(kind);
  });
});

it('refuses unusable options', () => {
  const attempt = () => Reflect.apply(detectContract, undefined, [{ apiKey: '', retries: 1 }]);
  expect(attempt).toThrow(TypeError);
  expect(attempt).toThrow(/apiKey[\s\S]*retries/);
});

describe('against a server', () => {
  let close = async () => {};
  afterEach(() => close());

  it.each(['plan', 'v1.1'] as const)('tells contract and account of %s', async (contract) => {
    const account = contract === 'plan' ? 'default' : '1000007';
    for (let seed = 1; seed <= 8; seed += 1) {
      const simulator = createSimulator({ contract, seed, accountId: '1000007' });
      const server = await startSimulatorServer(simulator);
      close = server.close;
      const found = await detectContract({ apiKey: simulator.apiKey, baseUrl: server.url });
      expect(found._unsafeUnwrap()).toEqual({ contract, account });
      simulator.assertNoViolations();
      await server.close();
    }
  });
});
