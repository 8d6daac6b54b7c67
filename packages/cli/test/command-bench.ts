import { createSimulator, type SimulatorServer, startSimulatorServer } from '@visanet/cbb-testkit';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { createHostDatabase, type HostDatabase } from './host.ts';
import { type Invocation, invoke } from './invoke.ts';

type Settings = Readonly<Record<string, string>>;

/** A host's database of its own for each test, and a service of contract plan; registers its own hooks. */
export function useCommands({ migrated }: { readonly migrated: boolean }) {
  const simulator = createSimulator({ seed: 1 });
  let server: SimulatorServer;
  let host: HostDatabase;

  beforeAll(async () => {
    server = await startSimulatorServer(simulator);
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    simulator.reset();
    host = await createHostDatabase();
    if (migrated) await invoke(['migrate'], { DATABASE_URL: host.url });
  });
  afterEach(() => host.drop());

  const environment = () => ({
    CBB_API_URL: server.url,
    CBB_API_KEY: simulator.apiKey,
    CBB_API_CONTRACT: 'plan',
    CBB_API_RETRY_ATTEMPTS: '0',
    DATABASE_URL: host.url,
    USER: 'operator',
  });

  return {
    simulator,
    get host() {
      return host;
    },
    environment,
    cbb: (line: string, settings: Settings = {}, isTerminal = false): Promise<Invocation> =>
      invoke(line.split(' '), { ...environment(), ...settings }, isTerminal),
  };
}
