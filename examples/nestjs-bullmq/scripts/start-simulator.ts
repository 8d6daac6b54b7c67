import { createSimulator, startSimulatorServer } from '@visanet/cbb-testkit';

export interface RunningSimulator {
  /** What the host needs to reach it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Shows the contacts. */
  readonly stateUrl: string;
  close(): Promise<void>;
}

/** A real account has about 100; a demonstration should not take minutes. */
const requestsPerMinute = 6_000;

/** A contact service in memory, which lives as long as this process. */
export async function startSimulator(): Promise<RunningSimulator> {
  const simulator = createSimulator({ contract: 'v1.1', rateLimitPerMinute: requestsPerMinute });
  const server = await startSimulatorServer(simulator, { admin: true });
  return {
    environment: {
      CBB_API_URL: server.url,
      CBB_API_KEY: simulator.apiKey,
      CBB_API_RATE_LIMIT: String(requestsPerMinute),
    },
    stateUrl: `${server.origin}/__simulator/state`,
    close: () => server.close(),
  };
}
