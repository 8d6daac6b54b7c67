import { createSimulator, startSimulatorServer } from '@visanet/cbb-testkit';

export interface RunningSimulator {
  /** What the host needs to reach it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Shows the contacts. */
  readonly stateUrl: string;
  close(): Promise<void>;
}

/** A contact service in memory, which lives as long as this process. */
export async function startSimulator(): Promise<RunningSimulator> {
  const simulator = createSimulator();
  const server = await startSimulatorServer(simulator, { admin: true });
  return {
    environment: {
      CBB_API_CONTRACT: simulator.contract,
      CBB_API_URL: server.url,
      CBB_API_KEY: simulator.apiKey,
    },
    stateUrl: `${server.origin}/__simulator/state`,
    close: () => server.close(),
  };
}
