import { describe, expect, it } from 'vitest';
import { json, type Step, text } from '../../test/scripted-fetch.ts';
import { phone, setUpScript } from '../../test/set-up-v11.ts';

const limitText = 'Your account exceeded the limit of 100 requests per 60 seconds';

const errorOf = async (...steps: readonly Step[]) => {
  const { client, clock, sent } = setUpScript(steps, { maxWaitMs: 0, retry: { attempts: 1 } });
  const error = (await clock.settle(client.api.setContactCustomField(phone, '1', 'x')))._unsafeUnwrapErr();
  return { error, sent };
};

describe('a refusal is told apart by its body first, then by its status', () => {
  it.each([
    ['a flag and a message', json({ success: false, message: 'Invalid parameter' }), 'invalid_request'],
    ['a flag and an error', json({ success: false, error: 'Invalid parameter' }), 'invalid_request'],
    ['a flag alone', json({ success: false }), 'invalid_request'],
    ['an error object', json({ error: { code: 100, message: 'Invalid' } }), 'invalid_request'],
    ['an empty error object', json({ error: {} }), 'invalid_request'],
    ['an error of an unreadable code', json({ error: { code: {}, message: 7 } }), 'invalid_request'],
    ['code 401', json({ error: { code: 401, message: 'no' } }), 'unauthorized'],
    ['code 401 as text', json({ error: { code: '401' } }), 'unauthorized'],
    ['code 403', json({ success: false, code: 403 }), 'unauthorized'],
    ['the word', json({ success: false, message: 'Unauthorized' }), 'unauthorized'],
    ['a token', json({ success: false, error: 'Invalid access token' }), 'unauthorized'],
    ['a code that is a word', json({ error: { code: 'invalid_token', message: 'no' } }), 'unauthorized'],
    ['an error that is a word', json({ error: 'invalid_token' }), 'unauthorized'],
    ['an invalid token', json({ success: false, message: 'Invalid token' }), 'unauthorized'],
    ['an expired token', json({ success: false, message: 'The token is expired' }), 'unauthorized'],
    [
      'a token among fields',
      json({ success: false, message: 'Invalid value of field token_count' }),
      'invalid_request',
    ],
    ['too many requests', json({ success: false, message: 'Too many requests' }), 'rate_limited'],
    ['a limit exceeded', json({ error: { message: 'Rate limit exceeded' } }), 'rate_limited'],
    ['a limit exceeded, as plain text', text('Too Many Requests'), 'rate_limited'],
    ['code 404', json({ error: { code: 404 } }), 'not_found'],
    ['an unknown contact', json({ success: false, message: 'Contact not found' }), 'not_found'],
    ['an unknown field', json({ success: false, message: 'Contact field not found' }), 'invalid_request'],
    ['code 500', json({ error: { code: 500 } }), 'unavailable'],
    ['code 429', json({ error: { code: 429 } }), 'rate_limited'],
    ['the limit', json({ success: false, error: limitText }), 'rate_limited'],
    ['the limit as message', json({ success: false, message: limitText }), 'rate_limited'],
    ['the limit with status 400', json({ message: limitText }, 400), 'rate_limited'],
    ['the limit as plain text', text(limitText), 'rate_limited'],
    ['the limit in HTML', text(`<p>${limitText}</p>`, 503), 'rate_limited'],
    ['another label', text('{"success":false}', 200, { 'content-type': 'text/html' }), 'invalid_request'],
    ['status 400', json({ message: 'no' }, 400), 'invalid_request'],
    ['status 401', text('', 401), 'unauthorized'],
    ['status 404', json({ success: false, message: 'no' }, 404), 'not_found'],
    ['status 400 of a firewall', text('<h1>Blocked</h1>', 400), 'unavailable'],
    ['status 403 of a firewall', text('<h1>Checking your browser</h1>', 403), 'unavailable'],
    ['status 403 in plain text', text('error code: 1020', 403), 'unavailable'],
    ['status 403 of the service', json({ success: false, message: 'no' }, 403), 'unauthorized'],
    ['status 404 of a proxy', text('404 page not found', 404), 'unavailable'],
    ['status 404 without a body', text('', 404), 'unavailable'],
    ['status 404 in JSON of another', json({ title: 'Not found', status: 404 }, 404), 'unavailable'],
    ['status 411', text('<h1>Length Required</h1>', 411), 'invalid_request'],
    ['status 429', text('', 429), 'rate_limited'],
    ['status 500', json({ error: 'Oops' }, 500), 'unavailable'],
    ['no acknowledgement', json({}), 'unexpected_body'],
    ['a list', json([{ error: 'x' }]), 'unexpected_body'],
    ['no JSON', text('<p>Welcome</p>'), 'unexpected_body'],
  ] as const)('%s', async (_, step, kind) => {
    const { error } = await errorOf(step);
    expect(error.kind).toBe(kind);
    expect(error.message).not.toMatch(/Invalid p|no\b.*:|Oops/);
  });

  it('says nothing of success', async () => {
    const { client } = setUpScript([json({ success: true, error: '', message: 'Done' })]);
    expect((await client.api.setContactCustomField(phone, '1', 'x')).isOk()).toBe(true);
  });
});

describe('the rate limit told by text', () => {
  const limited = json({ success: false, error: limitText });

  it.each([
    [0, 40_000],
    [0.5, 50_000],
    [0.999_999, 60_000],
  ])('asks for 40 to 60 seconds (chance %d: %d ms)', async (chance, waitMs) => {
    const { client } = setUpScript([limited], { random: () => chance, maxWaitMs: 0 });
    const error = (await client.api.getAccount())._unsafeUnwrapErr();
    expect(error).toMatchObject({
      kind: 'rate_limited',
      retryable: true,
      retryAfterMs: waitMs,
      effect: 'none',
    });
  });

  it('yields to a time that the service names', async () => {
    const named = json({ success: false, error: limitText }, 200, { 'retry-after': '7' });
    const { error } = await errorOf(named);
    expect(error.retryAfterMs).toBe(7_000);
    expect((await errorOf(text('', 429))).error.retryAfterMs).toBe(50_000);
  });

  it('holds every call back, and a read is repeated afterwards', async () => {
    const { client, clock, sent } = setUpScript([limited, json({ page_id: '1' })], {
      maxWaitMs: 60_000,
      deadlineMs: 120_000,
    });
    expect((await clock.settle(client.api.getAccount())).isOk()).toBe(true);
    expect(sent.map(({ at }) => at)).toEqual([0, 50_000]);
  });
});

it('sends at most 90 requests a minute, unless told otherwise', async () => {
  const { client, clock, sent } = setUpScript([json({ page_id: '1' })], {
    maxWaitMs: 60_000,
    deadlineMs: 120_000,
  });
  await clock.settle(Promise.all(Array.from({ length: 91 }, () => client.api.getAccount())));
  expect(sent.filter(({ at }) => at === 0)).toHaveLength(90);
  expect(sent[90]?.at).toBe(60_000);

  const free = setUpScript([json({ page_id: '1' })], { rateLimit: false });
  await free.clock.settle(Promise.all(Array.from({ length: 91 }, () => free.client.api.getAccount())));
  expect(free.sent.at(-1)?.at).toBe(0);
});
