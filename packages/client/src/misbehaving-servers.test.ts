import { createServer, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import { type CbbErrorCode, type CbbErrorKind, createCbbClient } from './index.ts';

const phone = '447700900123';
const secret = 'key-that-nobody-may-see';
const value = 'value-that-nobody-may-see';

let server: Server | undefined;
const sockets = new Set<Socket>();
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => (server === undefined ? resolve(null) : server.close(resolve)));
  server = undefined;
});

/** Answers each request with what `answer` makes of its socket, once the request is there whole. */
async function serve(answer: (socket: Socket) => void): Promise<string> {
  const listening = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => answer(socket));
  });
  server = listening;
  await new Promise<void>((resolve) => {
    listening.listen(0, '127.0.0.1', resolve);
  });
  const address = listening.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/api`;
}

const head = (status: string, ...headers: readonly string[]) =>
  `HTTP/1.1 ${status}\r\n${[...headers, 'connection: close'].join('\r\n')}\r\n\r\n`;
const json = 'content-type: application/json';
const whole =
  (status: string, body: string | Buffer, ...headers: readonly string[]) =>
  (socket: Socket) => {
    socket.write(head(status, `content-length: ${Buffer.byteLength(body)}`, ...headers));
    socket.end(body);
  };
/** Writes for as long as somebody reads. */
const flood = (start: string, piece: Buffer) => (socket: Socket) => {
  const more = () => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.on('drain', more);
  socket.write(start);
  more();
};
const quiet =
  (start = '') =>
  (socket: Socket) => {
    if (start !== '') socket.write(start);
  };
const megabyte = Buffer.alloc(1_048_576, ' ');

type Case = readonly [
  name: string,
  answer: (socket: Socket) => void,
  kind: CbbErrorKind,
  code: CbbErrorCode | undefined,
];
const cases: readonly Case[] = [
  ['hangs', quiet(), 'timeout', undefined],
  ['hangs in its headers', quiet('HTTP/1.1 200 OK\r\ncontent-'), 'timeout', undefined],
  ['drips', quiet(`${head('200 OK', 'content-length: 100', json)}{`), 'timeout', undefined],
  ['resets', (socket) => socket.resetAndDestroy(), 'network', 'ECONNRESET'],
  ['closes without a word', (socket) => socket.end(), 'network', 'ECONNRESET'],
  [
    'sends less than it said',
    (socket) => socket.end(`${head('200 OK', 'content-length: 100', json)}{"a":1}`),
    'network',
    'malformed',
  ],
  ['speaks no HTTP', (socket) => socket.end('220 mail.example ESMTP\r\n'), 'network', 'malformed'],
  [
    'sends a flood of headers',
    flood('HTTP/1.1 200 OK\r\n', Buffer.from(`x-a: ${'a'.repeat(1000)}\r\n`)),
    'network',
    'header_overflow',
  ],
  ['sends a gigabyte', flood(head('200 OK', json), megabyte), 'unexpected_body', 'oversized'],
  [
    'sends a bomb',
    whole('200 OK', gzipSync(Buffer.alloc(200 * 1_048_576, ' ')), 'content-encoding: gzip', json),
    'unexpected_body',
    'oversized',
  ],
  [
    'sends what is no gzip',
    whole('200 OK', 'no gzip', 'content-encoding: gzip', json),
    'network',
    'decompression',
  ],
  ['redirects', whole('302 Found', '', 'location: http://127.0.0.1:1/'), 'unexpected_body', 'redirect'],
  [
    'redirects for good',
    whole('308 Permanent Redirect', '', 'location: /other'),
    'unexpected_body',
    'redirect',
  ],
  [
    'shows a page',
    whole('200 OK', '<html>login</html>', 'content-type: text/html'),
    'unexpected_body',
    undefined,
  ],
  [
    'shows the page of a firewall',
    whole('503 Busy', '<html>wait</html>', 'content-type: text/html'),
    'unavailable',
    undefined,
  ],
];

it.each<Case>(cases)('a server that %s', async (_, answer, kind, code) => {
  const client = createCbbClient({
    contract: 'plan',
    apiKey: secret,
    baseUrl: await serve(answer),
    timeoutMs: 2_000,
    retry: { attempts: 1 },
  });
  const result = await client.contacts.create({ phone, fields: { a: value } });
  const error = result._unsafeUnwrapErr();
  expect([error.kind, error.code, error.effect]).toEqual([kind, code, 'unknown']);
  expect(JSON.stringify(error)).not.toMatch(
    new RegExp(`${secret}|${value}|${phone}|127\\.0\\.0\\.1|example`),
  );
});

it('where nobody listens, nothing was sent', async () => {
  const baseUrl = await serve(quiet());
  await new Promise((resolve) => server?.close(resolve));
  const client = createCbbClient({ contract: 'plan', apiKey: secret, baseUrl, retry: { attempts: 1 } });
  const error = (await client.contacts.create({ phone, fields: {} }))._unsafeUnwrapErr();
  expect([error.kind, error.code, error.effect]).toEqual(['network', 'ECONNREFUSED', 'none']);
});

it('where TLS is spoken to a server without it, nothing was sent', async () => {
  const baseUrl = (await serve((socket) => socket.end('no TLS'))).replace('http:', 'https:');
  const client = createCbbClient({ contract: 'plan', apiKey: secret, baseUrl, retry: { attempts: 1 } });
  const error = (await client.contacts.create({ phone, fields: {} }))._unsafeUnwrapErr();
  expect([error.kind, error.code]).toEqual(['network', 'tls']);
});

it('a redirect is not followed', async () => {
  let requests = 0;
  const answer = whole('307 Temporary Redirect', '', 'location: /api/contacts/1');
  const baseUrl = await serve((socket) => {
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
