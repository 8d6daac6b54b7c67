import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deliver, headersOf } from '../simulator/deliver.ts';
import { needSimulator, refuseUnknown } from '../simulator/refuse-unknown.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { answerAdmin } from './admin.ts';
import { readRequest } from './read-request.ts';

export interface SimulatorServerOptions {
  /** @default 0, a free one */
  readonly port?: number;
  /** @default '127.0.0.1' */
  readonly host?: string;
  /** Opens `/__simulator/…`, by which another process reads and steers the simulator. @default false */
  readonly admin?: boolean;
}

export interface SimulatorServer {
  /** Base URL for clients, base path included, e.g. `http://127.0.0.1:40123/api`. */
  readonly url: string;
  /** Where `/__simulator/…` stands, e.g. `http://127.0.0.1:40123`. */
  readonly origin: string;
  readonly port: number;
  /** Ends open connections and refuses new ones, until `acceptConnections`. */
  refuseConnections(): Promise<void>;
  /** Listens again on the same port. */
  acceptConnections(): Promise<void>;
  /** Ends open connections too; may be called again. */
  close(): Promise<void>;
}

/**
 * Serves a simulator over HTTP; resets and hangs happen on the socket. Rejects where the port cannot be opened:
 * a test wants to fail there.
 *
 * @throws TypeError that lists unknown options
 */
export async function startSimulatorServer(
  simulator: Simulator,
  options: SimulatorServerOptions = {},
): Promise<SimulatorServer> {
  needSimulator(simulator);
  refuseUnknown(options, ['port', 'host', 'admin'], 'server options');
  const { port = 0, host = '127.0.0.1', admin = false } = options;

  const server = createServer((incoming, response) => {
    serve(incoming, response, simulator, admin).catch(() => incoming.socket.destroy());
  });
  const listen = (on: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(on, host, resolve);
    });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(port);
  const address = server.address();
  const bound = isAddressInfo(address) ? address.port : port;
  const origin = `http://${host.includes(':') ? `[${host}]` : host}:${bound}`;

  return {
    url: origin + simulator.settings.basePath,
    origin,
    port: bound,
    refuseConnections: stop,
    acceptConnections: async () => {
      if (!server.listening) await listen(bound);
    },
    close: stop,
  };
}

function isAddressInfo(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}

async function serve(
  incoming: IncomingMessage,
  response: ServerResponse,
  simulator: Simulator,
  admin: boolean,
): Promise<void> {
  const request = await readRequest(incoming);
  const administered = admin ? await answerAdmin(request, simulator) : null;
  if (administered !== null) {
    response
      .writeHead(administered.status, { 'content-type': 'application/json' })
      .end(await administered.text());
    return;
  }
  const outcome = await simulator.exchange(request);
  if (outcome.kind === 'hang') return;
  if (outcome.kind === 'reset' || outcome.kind === 'refused') {
    incoming.socket.resetAndDestroy();
    return;
  }
  const { answer, delivery } = outcome;
  const { clock, wallNowMs } = simulator.settings;
  const headers = { ...headersOf(answer, wallNowMs()), 'content-length': Buffer.byteLength(answer.body) };
  response.writeHead(answer.status, headers);
  // A body that breaks off throws here: the socket ends before its announced length.
  for await (const piece of deliver(answer.body, delivery, clock)) {
    await new Promise<void>((resolve) => response.write(piece, () => resolve()));
  }
  response.end();
}
