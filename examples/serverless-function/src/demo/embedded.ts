import { createSimulator, startSimulatorServer } from '@visanet/cbb-testkit';
import { startPrivatePostgres } from '../../../../tools/servers/postgres.ts';

/** A real account has about 100; a demonstration should not take minutes. */
const requestsPerMinute = 6_000;

type Setting =
  | 'DATABASE_URL'
  | 'CBB_API_URL'
  | 'CBB_API_KEY'
  | 'CBB_API_RATE_LIMIT'
  | 'VIZI_API_KEY'
  | 'CRON_SECRET';

export interface Embedded {
  /** For the function: all that it needs. */
  readonly settings: Readonly<Record<Setting, string>>;
  /** Requests that reached the simulated service. */
  requests(): number;
  /** Shows the contacts of the simulated service. */
  readonly contactsUrl: string;
  stop(): Promise<void>;
}

/** Private in any case: before a simulated service, no real order may be called synced. */
export async function startEmbedded(): Promise<Embedded> {
  const database = await startPrivatePostgres();
  const simulator = createSimulator({ contract: 'v1.1', rateLimitPerMinute: requestsPerMinute });
  const service = await startSimulatorServer(simulator, { admin: true });
  return {
    settings: {
      DATABASE_URL: database.url,
      CBB_API_URL: service.url,
      CBB_API_KEY: simulator.apiKey,
      CBB_API_RATE_LIMIT: String(requestsPerMinute),
      VIZI_API_KEY: 'vizi_demo.local-demo-secret',
      CRON_SECRET: 'local-demo-cron-secret',
    },
    requests: () => simulator.journal.length,
    contactsUrl: `${service.origin}/__simulator/state`,
    async stop() {
      await service.close();
      await database.stop();
    },
  };
}
