import { createServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

export interface MisbehavingServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Answers each request with what `answer` makes of its socket, once the request is there. */
export async function serve(answer: (socket: Socket) => void): Promise<MisbehavingServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => answer(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/api`,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const head = (status: string, ...headers: readonly string[]) =>
  `HTTP/1.1 ${status}\r\n${[...headers, 'connection: close'].join('\r\n')}\r\n\r\n`;
const json = 'content-type: application/json';
export const whole =
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
export const quiet =
  (start = '') =>
  (socket: Socket) => {
    if (start !== '') socket.write(start);
  };
const megabyte = Buffer.alloc(1_048_576, ' ');

/** How a server fails, and as what a client must tell it: kind and code, `null` for none. */
export type Misbehaviour = readonly [
  name: string,
  answer: (socket: Socket) => void,
  kind: string,
  code: string | null,
];

export const misbehaviours: readonly Misbehaviour[] = [
  ['hangs', quiet(), 'timeout', null],
  ['hangs in its headers', quiet('HTTP/1.1 200 OK\r\ncontent-'), 'timeout', null],
  ['drips', quiet(`${head('200 OK', 'content-length: 100', json)}{`), 'timeout', null],
  ['resets before it could act', (socket) => socket.resetAndDestroy(), 'network', 'ECONNRESET'],
  [
    'resets in its answer, after it has acted',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-', () => setImmediate(() => socket.resetAndDestroy()));
    },
    'network',
    'ECONNRESET',
  ],
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
  ['shows a page', whole('200 OK', '<html>login</html>', 'content-type: text/html'), 'unexpected_body', null],
  [
    'shows the page of a firewall',
    whole('503 Busy', '<html>wait</html>', 'content-type: text/html'),
    'unavailable',
    null,
  ],
];
