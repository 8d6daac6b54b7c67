import { describe, expect, it } from 'vitest';
import { text } from '../../test/scripted-fetch.ts';
import { finish, found, phone, setUp } from '../../test/set-up.ts';
import { setUpScript } from '../../test/set-up-v11.ts';
import { detectContract } from '../index.ts';

const secret = 'key-of-the-vault';
const once = { retry: { attempts: 1 } };
const create = { phone, fields: {} };

describe('a function as key', () => {
  it('is asked for each request, so that a new key is used at once', async () => {
    let keys = 0;
    const apiKey = async () => `key-${++keys}`;
    const { client, clock, sent } = setUp([text('', 500), found], { apiKey });
    await finish(client.contacts.find(phone), clock);
    await client.raw.GET('/contacts/{id}', { params: { path: { id: phone } } });
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual([
      'Bearer key-1',
      'Bearer key-2',
      'Bearer key-3',
    ]);
  });

  it('may answer at once, on v1.1 and for detection', async () => {
    const apiKey = () => '1.secret';
    const { client, sent, fetch } = setUpScript([() => Response.json({ page_id: '1' })], { apiKey });
    await finish(client.scope());
    await finish(detectContract({ apiKey, fetch }));
    expect(sent.map(({ headers }) => headers.get('x-access-token'))).toEqual(['1.secret', '1.secret']);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error(secret);
      },
    ],
    ['rejects', () => Promise.reject(new Error(secret))],
  ])('that %s sends nothing and tells nothing', async (_, apiKey) => {
    const { client, sent } = setUp([found], { apiKey, ...once });
    const error = (await client.contacts.create(create))._unsafeUnwrapErr();
    expect(error).toMatchObject({ kind: 'unavailable', code: 'api_key', effect: 'none', retryable: true });
    expect(JSON.stringify(error)).not.toContain(secret);
    const raw = client.raw.GET('/contacts/{id}', { params: { path: { id: phone } } });
    await expect(raw).rejects.toMatchObject({ kind: 'unavailable', error: { code: 'api_key' } });
    expect(sent).toHaveLength(0);
  });

  it('that hangs ends with the timeout of the request, or with the signal', async () => {
    const apiKey = () => new Promise<string>(() => undefined);
    const { client, clock } = setUp([found], { apiKey, ...once });
    expect(
      (await clock.settle(client.contacts.find(phone, { timeoutMs: 300 })))._unsafeUnwrapErr(),
    ).toMatchObject({
      kind: 'unavailable',
      code: 'api_key',
    });
    expect(clock.now()).toBe(300);
    const controller = new AbortController();
    const call = client.contacts.create(create, { signal: controller.signal });
    controller.abort();
    expect(await call).toMatchObject({ error: { kind: 'aborted', effect: 'none' } });
  });

  it.each(['', 'a b', 'ключ', 5, null, undefined])('that answers %j is not accepted', async (answer) => {
    const { client, clock, sent } = setUp([found], { apiKey: () => Object(answer ?? []) });
    const odd = setUp([found], { apiKey: async () => (typeof answer === 'string' ? answer : Object(5)) });
    for (const one of [client, odd.client]) {
      const error = (await clock.settle(one.contacts.find(phone)))._unsafeUnwrapErr();
      expect(error).toMatchObject({ kind: 'unauthorized', code: 'api_key', retryable: false });
    }
    expect([...sent, ...odd.sent]).toHaveLength(0);
  });

  it('that fails is tried again for a read, and says nothing of the service', async () => {
    let asked = 0;
    const apiKey = () => {
      asked += 1;
      if (asked < 3) throw new Error(secret);
      return 'key';
    };
    const events: string[] = [];
    const { client, clock } = setUp([found], {
      apiKey,
      circuitBreaker: { failureThreshold: 1 },
      hooks: { onRetry: ({ errorKind }) => events.push(errorKind) },
    });
    expect(await finish(client.contacts.find(phone), clock)).toBe('ok');
    expect(events).toEqual(['unavailable', 'unavailable']);
  });
});
