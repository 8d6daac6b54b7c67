import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** Something that listens where a server was meant. */
export interface Impostor {
  readonly port: string;
  stop(): Promise<void>;
}

export async function listening(onConnection: (socket: Socket) => void): Promise<Impostor> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? String(address.port) : '',
    async stop() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Takes connections and never says a word. */
export const silentServer = () => listening(() => undefined);
