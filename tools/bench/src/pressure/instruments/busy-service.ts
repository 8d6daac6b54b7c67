import { once } from 'node:events';
import { createServer } from 'node:http';

export interface BusyService {
  readonly url: string;
  /** Requests that arrived. */
  count(): number;
  close(): Promise<void>;
}

/** Answers everything with 503 and the wish to be left alone, the first request once `onFirst` is done. */
export async function startBusyService(
  retryAfterSeconds: number,
  onFirst: () => Promise<void>,
): Promise<BusyService> {
  let requests = 0;
  const server = createServer(async (request, response) => {
    requests += 1;
    request.resume();
    if (requests === 1) await onFirst();
    response.writeHead(503, { 'Retry-After': String(retryAfterSeconds) }).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The busy service has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/api`,
    count: () => requests,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
