import { setupServer } from 'msw/node';
import { simulatorHandlers } from '../msw/index.ts';
import { startSimulatorServer } from '../server/start-simulator-server.ts';
import type { Simulator } from '../simulator/simulator.ts';
import type { Fetch } from './plan-calls.ts';

export interface Transport {
  readonly fetch: Fetch;
  readonly baseUrl: string;
  close(): Promise<void>;
}

export const mswServer = setupServer();

/** Every way to reach a simulator. */
export const transports: Readonly<Record<string, (simulator: Simulator) => Promise<Transport>>> = {
  core: async (simulator) => ({
    fetch: simulator.fetch,
    baseUrl: 'https://x.test/api',
    close: async () => {},
  }),
  http: async (simulator) => {
    const server = await startSimulatorServer(simulator);
    return { fetch, baseUrl: server.url, close: server.close };
  },
  msw: async (simulator) => {
    mswServer.use(...simulatorHandlers(simulator));
    return {
      fetch,
      baseUrl: 'https://app.chatgptbuilder.io/api',
      close: async () => mswServer.resetHandlers(),
    };
  },
};
