import type { IncomingMessage } from 'node:http';

/** The web `Request` of a request on a socket, its body read whole. */
export async function readRequest(incoming: IncomingMessage): Promise<Request> {
  const pieces: Uint8Array[] = [];
  for await (const piece of incoming) pieces.push(piece);
  const { method = 'GET', url = '/', headers } = incoming;
  const bodiless = method === 'GET' || method === 'HEAD';
  const entries = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  );
  return new Request(`http://${headers.host ?? '127.0.0.1'}${url}`, {
    method,
    headers: entries,
    ...(bodiless || pieces.length === 0 ? {} : { body: Buffer.concat(pieces) }),
  });
}
