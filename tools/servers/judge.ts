import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { type ClientRequest, keyOf } from '../recorded-requests/recorder.ts';
import { freePort } from './free-port.ts';
import { type PrismServer, startPrism } from './prism.ts';

export interface Refusal {
  readonly request: ClientRequest;
  readonly status: number;
  /** What Prism finds wrong; it may quote the request. */
  readonly reason: string;
}

export interface Judge {
  /** Takes requests as a JSON array by POST and answers the refusals among them. */
  readonly url: string;
  /** Different requests that Prism was shown. */
  readonly judged: Readonly<Record<ClientRequest['contract'], number>>;
  close(): Promise<void>;
}

const documents = { plan: 'cbb-plan.yaml', 'v1.1': 'cbb-v1.1.yaml' } as const;

/** One Prism per document, started when it is first needed, for any number of processes; equal requests are shown once. */
export async function startJudge(): Promise<Judge> {
  const judged = { plan: 0, 'v1.1': 0 };
  const servers = new Map<ClientRequest['contract'], Promise<PrismServer>>();
  const verdicts = new Map<string, Promise<Refusal | null>>();

  function serverOf(contract: ClientRequest['contract']): Promise<PrismServer> {
    const server = servers.get(contract) ?? startPrism(documents[contract]);
    servers.set(contract, server);
    return server;
  }
  async function show(request: ClientRequest): Promise<Refusal | null> {
    const { baseUrl } = await serverOf(request.contract);
    const { method, target, headers, body } = request;
    judged[request.contract] += 1;
    const answer = await fetch(baseUrl + target, { method, headers, ...(body === '' ? {} : { body }) });
    const said = await answer.text();
    if (answer.status < 400) return null;
    // A refusal can look like one of the document's own answers; then this header alone says why.
    return { request, status: answer.status, reason: answer.headers.get('sl-violations') ?? said };
  }
  async function judge(incoming: IncomingMessage): Promise<Refusal[]> {
    const requests: readonly ClientRequest[] = JSON.parse(await text(incoming));
    const refusals: Refusal[] = [];
    for (const request of requests) {
      const key = keyOf(request);
      const verdict = verdicts.get(key) ?? show(request);
      verdicts.set(key, verdict);
      const refusal = await verdict;
      if (refusal !== null) refusals.push(refusal);
    }
    return refusals;
  }

  const server = createServer((incoming, response) => {
    judge(incoming).then(
      (refusals) => response.end(JSON.stringify(refusals)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  const port = await freePort();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${port}`,
    judged,
    async close() {
      server.closeAllConnections();
      server.close();
      for (const prism of servers.values()) await (await prism).close();
    },
  };
}
