import { afterEach, expect, it } from 'vitest';
import { type MisbehavingServer, misbehaviours, quiet, serve, whole } from '../test/misbehaving-servers.ts';
import { createCbbClient } from './index.ts';

const phone = '447700900123';
const secret = 'key-that-nobody-may-see';
const value = 'value-that-nobody-may-see';

let server: MisbehavingServer | undefined;
afterEach(() => server?.close());
const open = async (answer: Parameters<typeof serve>[0]): Promise<string> => {
  const opened = await serve(answer);
  server = opened;
  return opened.url;
};

it.each(misbehaviours)('a server that %s', async (_, answer, kind, code) => {
  const client = createCbbClient({
    contract: 'plan',
    apiKey: secret,
    baseUrl: await open(answer),
    timeoutMs: 2_000,
    retry: { attempts: 1 },
  });
  const result = await client.contacts.create({ phone, fields: { a: value } });
  const error = result._unsafeUnwrapErr();
  expect([error.kind, error.code ?? null, error.effect]).toEqual([kind, code, 'unknown']);
  expect(JSON.stringify(error)).not.toMatch(
    new RegExp(`${secret}|${value}|${phone}|127\\.0\\.0\\.1|example`),
  );
});

it('where nobody listens, nothing was sent', async () => {
  const baseUrl = await open(quiet());
  await server?.close();
  server = undefined;
  const client = createCbbClient({ contract: 'plan', apiKey: secret, baseUrl, retry: { attempts: 1 } });
  const error = (await client.contacts.create({ phone, fields: {} }))._unsafeUnwrapErr();
  expect([error.kind, error.code, error.effect]).toEqual(['network', 'ECONNREFUSED', 'none']);
});

it('where TLS is spoken to a server without it, nothing was sent', async () => {
  const baseUrl = (await open((socket) => socket.end('no TLS'))).replace('http:', 'https:');
  const client = createCbbClient({ contract: 'plan', apiKey: secret, baseUrl, retry: { attempts: 1 } });
  const error = (await client.contacts.create({ phone, fields: {} }))._unsafeUnwrapErr();
  expect([error.kind, error.code]).toEqual(['network', 'tls']);
});

it('a redirect is not followed', async () => {
  let requests = 0;
  const answer = whole('307 Temporary Redirect', '', 'location: /api/contacts/1');
  const baseUrl = await open((socket) => {
    requests += 1;
    answer(socket);
  });
  const client = createCbbClient({ contract: 'plan', apiKey: secret, baseUrl, retry: { attempts: 1 } });
  expect((await client.contacts.find(phone)).isErr()).toBe(true);
  await expect(client.raw.GET('/contacts/{id}', { params: { path: { id: phone } } })).rejects.toMatchObject({
    error: { kind: 'unexpected_body', code: 'redirect' },
  });
  expect(requests).toBe(2);
});
