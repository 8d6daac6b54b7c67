import { connect } from 'node:net';
import { type Simulator, type SimulatorServer, startSimulatorServer } from '@visanet/cbb-testkit';
import { listening } from '@visanet/test-support';

/** An address at which the service does not listen yet. */
export async function awayService(simulator: Simulator) {
  const gone = await startSimulatorServer(simulator);
  await gone.close();
  const port = Number(new URL(gone.url).port);
  return {
    url: gone.url,
    /** It is there, or another one in its place. */
    returns: (as: Simulator = simulator): Promise<SimulatorServer> => startSimulatorServer(as, { port }),
  };
}

/** A way to the database that is closed at first. */
export async function closedDatabase(url: string) {
  const { hostname, port } = new URL(url);
  let open = false;
  const door = await listening((socket) => {
    if (!open) return void socket.destroy();
    const server = connect(Number(port), hostname);
    server.on('error', () => socket.destroy());
    socket.on('error', () => server.destroy());
    socket.pipe(server).pipe(socket);
  });
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = door.port;
  return {
    url: through.href,
    open() {
      open = true;
    },
    stop: door.stop,
  };
}
