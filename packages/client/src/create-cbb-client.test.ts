import { describe, expect, expectTypeOf, it } from 'vitest';
import { type ScriptedFetch, scriptFetch } from '../test/scripted-fetch.ts';
import { finish, found, phone, setUp } from '../test/set-up.ts';
import { createCbbClient, type PlanClient, type PlanClientOptions, systemClock } from './index.ts';

const usable = { contract: 'plan', apiKey: 'secret-key-1' } as const;

function problemsOf(options: unknown): string[] {
  try {
    createCbbClient(Object(options));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return error.message.split('\n').slice(1);
  }
  return [];
}

const withFetch = (script: ScriptedFetch, options: Partial<PlanClientOptions> = {}) =>
  createCbbClient({ ...usable, fetch: script.fetch, ...options });

describe('createCbbClient', () => {
  it('needs a contract and a key, and nothing else', () => {
    expect(createCbbClient(usable).contract).toBe('plan');
    expect(problemsOf({ contract: 'plan' })).toEqual([
      '- apiKey: expected printable ASCII without blanks, or a function that answers it',
    ]);
    expect(problemsOf({ contract: 'plan2' })).toEqual(["- contract: expected 'plan' or 'v1.1'"]);
  });

  it('lists every problem at once', () => {
    const problems = problemsOf({
      contract: 'plan',
      apiKey: '',
      baseUrl: 'not a url',
      timeoutMs: 0,
      deadlineMs: 1.5,
      maxWaitMs: -1,
      retry: { attempts: 0, baseDelayMs: -1, maxDelayMs: Number.NaN, factor: 2 },
      rateLimit: { requestsPerMinute: 0 },
      circuitBreaker: { failureThreshold: 0, openMs: 0 },
      allowBrowser: 'yes',
      logger: { warn: () => undefined },
      tracer: { startSpan: () => undefined },
      userAgent: 'a\nb',
      hooks: { onRequest: 1, onError: () => undefined },
      headers: { authorization: 'x' },
      fetch: 1,
      clock: {},
      random: 0.5,
      retries: 3,
    });
    const named = problems.map((problem) => problem.replace(/^- ([\w.]+).*$/, '$1'));
    expect(new Set(named)).toEqual(
      new Set([
        'apiKey',
        'baseUrl',
        'timeoutMs',
        'deadlineMs',
        'maxWaitMs',
        'retry.attempts',
        'retry.baseDelayMs',
        'retry.maxDelayMs',
        'retry.factor',
        'rateLimit.requestsPerMinute',
        'circuitBreaker.failureThreshold',
        'circuitBreaker.openMs',
        'allowBrowser',
        'logger',
        'tracer',
        'userAgent',
        'hooks.onRequest',
        'hooks.onError',
        'headers.authorization',
        'fetch',
        'clock',
        'random',
        'retries',
      ]),
    );
  });

  it.each([
    'ftp://cbb.example',
    'https://user:pass@cbb.example',
    'https://cbb.example/api?x=1',
    'https://cbb.example/#x',
    'https://cbb.example/api?',
    'https://cbb.example/api#',
    ' https://cbb.example/api',
    'https://cbb.example/a pi',
    'https:cbb.example',
    'https:\\\\cbb.example',
    'http://cbb.example/api',
    'http://10.0.0.1/api',
    'http://localhost.example/api',
    'http://127.0.0.1.example/api',
  ])('refuses the base URL %s', (baseUrl) => {
    expect(problemsOf({ ...usable, baseUrl })).toHaveLength(1);
  });

  it.each([
    ['HTTPS://CBB.example:443/api/', {}, 'https://cbb.example/api/contacts'],
    ['https://cbb.example/a/../b', {}, 'https://cbb.example/b/contacts'],
    ['http://localhost:1/api', {}, 'http://localhost:1/api/contacts'],
    ['http://[::1]:1', {}, 'http://[::1]:1/contacts'],
    ['http://127.8.9.1:1', {}, 'http://127.8.9.1:1/contacts'],
    ['http://simulator:1/api', { allowInsecureHttp: true }, 'http://simulator:1/api/contacts'],
  ])('takes the base URL %s', async (baseUrl, options, expected) => {
    const script = scriptFetch(systemClock, found);
    await finish(withFetch(script, { baseUrl, ...options }).contacts.find(phone));
    expect(script.sent[0]?.request.url).toBe(`${expected}/${phone}`);
  });

  it('takes hooks that are undefined', async () => {
    const script = scriptFetch(systemClock, found);
    const hooks = { onRequest: undefined, onResponse: undefined };
    expect(await finish(withFetch(script, { hooks }).contacts.find(phone))).toBe('ok');
  });

  it.each(['Authorization', 'Content-Type', 'accept', 'x-access-token', 'a b', ''])(
    'refuses to set the header %j',
    (name) => {
      expect(problemsOf({ ...usable, headers: { [name]: 'x' } })).toHaveLength(1);
    },
  );

  it('sends the key, JSON and the given headers to the base URL', async () => {
    const script = scriptFetch(systemClock, found);
    const client = withFetch(script, { baseUrl: 'https://cbb.example/v9//', headers: { 'x-trace': 'abc' } });
    await finish(client.contacts.update(phone, { set: { a: 1 }, clear: [] }));
    await client.raw.GET('/contacts/{id}', { params: { path: { id: phone } } });
    for (const { request } of script.sent) {
      expect(request.url).toBe(`https://cbb.example/v9/contacts/${phone}`);
      expect(request.redirect).toBe('manual');
      expect(Object.fromEntries(request.headers)).toMatchObject({
        authorization: 'Bearer secret-key-1',
        accept: 'application/json',
        'x-trace': 'abc',
        'user-agent': 'visanet-cbb-client/development',
      });
    }
    expect(script.sent[0]?.headers.get('content-type')).toBe('application/json');
  });

  it("uses the service's own address by default", async () => {
    const { client, sent } = setUp([found]);
    await finish(client.contacts.find(phone));
    expect(sent[0]?.request.url).toBe(`https://app.chatgptbuilder.io/api/contacts/${phone}`);
  });

  it('runs on the system clock and chance by default', async () => {
    const script = scriptFetch(systemClock, () => new Response('', { status: 500 }), found);
    const client = withFetch(script, { retry: { baseDelayMs: 20 } });
    expect((await client.contacts.find(phone)).isOk()).toBe(true);
    const [first, second] = script.sent.map((request) => request.at);
    expect((second ?? 0) - (first ?? 0)).toBeLessThan(1_000);
  });

  it('has defaults for time-outs, waits and attempts', async () => {
    const { client, clock, sent } = setUp(['hang']);
    await finish(client.contacts.find(phone), clock);
    expect(clock.now()).toBe(60_000);
    expect(sent.map((request) => request.at)).toEqual([0, 30_500]);
  });

  it('knows its options by name and type', () => {
    expectTypeOf(createCbbClient({ ...usable })).toEqualTypeOf<PlanClient>();
    expectTypeOf<keyof PlanClientOptions>().toEqualTypeOf<
      | 'contract'
      | 'apiKey'
      | 'baseUrl'
      | 'allowInsecureHttp'
      | 'timeoutMs'
      | 'deadlineMs'
      | 'maxWaitMs'
      | 'maxRetryAfterMs'
      | 'retry'
      | 'rateLimit'
      | 'circuitBreaker'
      | 'hooks'
      | 'headers'
      | 'logger'
      | 'tracer'
      | 'userAgent'
      | 'allowBrowser'
      | 'fetch'
      | 'clock'
      | 'random'
    >();
  });
});
