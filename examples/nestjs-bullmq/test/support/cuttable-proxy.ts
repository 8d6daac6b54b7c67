import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { listen } from './free-port';

export interface CuttableProxy {
  /** The same URL with the proxy's address. */
  readonly url: string;
  /** Breaks all connections and refuses new ones. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Stands between a host and a server, so that a test can take the server away from this host alone. */
export async function startCuttableProxy(targetUrl: string): Promise<CuttableProxy> {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  let down = false;
  const server = createServer((inner) => {
    if (down) return void inner.destroy();
    const outer = connect(Number(target.port), target.hostname);
    for (const [socket, peer] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => {
        sockets.delete(socket);
        peer.destroy();
      });
      socket.pipe(peer);
    }
  });
  const url = new URL(targetUrl);
  url.hostname = '127.0.0.1';
  url.port = String(await listen(server));

  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    cut() {
      down = true;
      breakAll();
    },
    mend() {
      down = false;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      breakAll();
      await closed;
    },
  };
}
