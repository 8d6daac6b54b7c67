import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

/** Something that listens where a server was meant. */
export interface Impostor {
  readonly port: string;
  stop(): Promise<void>;
}

async function listen(onConnection: (socket: Socket) => void): Promise<Impostor> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
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
export const silentServer = () => listen(() => undefined);

/** Says what Postgres says of a wrong password, in its own form. */
export function guardedPostgres(): Promise<Impostor> {
  const fields = ['SFATAL', 'VFATAL', 'C28P01', 'Mpassword authentication failed for user "someone"'];
  const body = Buffer.from(`${fields.join('\0')}\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(body.length + 4, 1);
  return listen((socket) => socket.once('data', () => socket.end(Buffer.concat([head, body]))));
}
