import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { json, type Step, text } from '../../test/scripted-fetch.ts';
import { phone, setUp } from '../../test/set-up.ts';
import { createCbbClient, isCbbException, toException } from '../index.ts';

const secrets = ['secret-key-1', phone, 'Jane Roe', 'jane@example.com', 'top-secret-value', 'server said'];
const echo = `server said ${secrets.join(' ')}`;
const person = {
  phone,
  name: 'Jane Roe',
  email: 'jane@example.com',
  fields: { note: 'top-secret-value' },
};

const steps: readonly (readonly [string, Step])[] = [
  ['network', new TypeError(echo, { cause: { code: 'ECONNRESET', headers: echo } })],
  ['timeout', 'hang'],
  ['unauthorized', json({ error: echo }, 401)],
  ['not_found', json({ message: { code: 1, message: echo } }, 404)],
  ['conflict', json({ error: echo }, 409)],
  ['invalid_request', json({ error: { message: echo } }, 422)],
  ['rate_limited', text(echo, 429)],
  ['unavailable', text(echo, 500)],
  ['unexpected_body', text(echo)],
  ['unexpected_body', json({ id: '447700900999', phone: '447700900999', name: echo })],
  ['partial_write', json({ id: phone, phone, name: echo, customFields: { note: echo } })],
];

/** Every way in which a host may print a value. */
function print(value: unknown): string {
  const printed = [
    inspect(value, { depth: 20, showHidden: true, getters: true }),
    JSON.stringify(value),
    String(value),
  ];
  if (value instanceof Error) printed.push(value.message, value.stack ?? '', inspect(value.cause));
  return printed.join('\n');
}

function expectClean(value: unknown): void {
  const printed = print(value);
  for (const secret of secrets) expect(printed).not.toContain(secret);
}

describe('errors hold no key and nothing of a customer', () => {
  it.each(steps)('%s', async (kind, step) => {
    const { client, clock } = setUp([step], { retry: { attempts: 1 } });
    const result = await clock.settle(client.contacts.create(person));
    const error = result._unsafeUnwrapErr();
    expect(error.kind).toBe(kind);
    expectClean(result);
    expectClean(error);
    expectClean(toException(error));
  });

  it('refused locally: invalid_request, rate_limited, circuit_open, aborted', async () => {
    const limited = setUp([text(echo, 500)], {
      rateLimit: { requestsPerMinute: 2 },
      retry: { attempts: 1 },
      circuitBreaker: { failureThreshold: 2 },
    });
    const create = () => limited.clock.settle(limited.client.contacts.create(person));
    const errors = [await create(), await create(), await create()];
    limited.clock.advance(30_000);
    errors.push(await create());
    errors.push(await limited.client.contacts.create({ ...person, phone: `${phone}/..` }));
    errors.push(await limited.client.contacts.create(person, { signal: AbortSignal.abort(echo) }));
    expect(errors.map((result) => result._unsafeUnwrapErr().kind)).toEqual([
      'unavailable',
      'unavailable',
      'circuit_open',
      'rate_limited',
      'invalid_request',
      'aborted',
    ]);
    for (const result of errors) expectClean(result._unsafeUnwrapErr());
  });

  it('rejections of the raw client', async () => {
    const { client, clock } = setUp([new TypeError(echo)], {});
    const rejection: unknown = await clock
      .settle(client.raw.GET('/contacts/{id}', { params: { path: { id: phone } } }))
      .catch((error: unknown) => error);
    expect(isCbbException(rejection)).toBe(true);
    expectClean(rejection);
  });

  it('the client itself', () => {
    const { client } = setUp(['hang']);
    expectClean(client);
  });

  it('the TypeError for unusable options', () => {
    const options = {
      contract: 'plan',
      apiKey: 'secret-key-1\n',
      baseUrl: 'https://user:top-secret-value@cbb.example',
      headers: { 'x-trace': 'top-secret-value\u0000' },
      rateLimit: 'top-secret-value',
    };
    let thrown: unknown;
    try {
      createCbbClient(Object(options));
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(TypeError);
    expectClean(thrown);
  });
});
