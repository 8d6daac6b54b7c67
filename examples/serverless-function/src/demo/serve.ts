import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface Serving {
  readonly url: string;
  close(): Promise<void>;
}

/** Opens the HTTP form of the function on a free port of this machine, in the place of a platform. */
export async function serve(answer: (request: Request) => Promise<Response>): Promise<Serving> {
  const server = createServer((incoming, outgoing) => {
    const answered = async () => {
      const response = await answer(await toRequest(incoming));
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(Buffer.from(await response.arrayBuffer()));
    };
    answered().catch(() => outgoing.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const { method = 'GET', url = '/', headers } = incoming;
  const body = method === 'GET' || method === 'HEAD' ? {} : { body: await buffer(incoming) };
  const given = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return new Request(new URL(url, 'http://127.0.0.1'), {
    method,
    headers: Object.fromEntries(given),
    ...body,
  });
}
