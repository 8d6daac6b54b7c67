import { createSimulator, startSimulatorServer } from '@visanet/cbb-testkit';
import { startPostgres } from '../../../tools/servers/postgres.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface Embedded {
  readonly environment: Environment;
  /** What was put in the place of a missing setting, for the person at the terminal. */
  readonly notes: readonly string[];
  stop(): Promise<void>;
}

/** Fills in what the environment does not name: a private Postgres and a simulated contact service. */
export async function fillEnvironment(given: Environment): Promise<Embedded> {
  const database = isSet(given.DATABASE_URL) ? null : await startPostgres();
  const service =
    isSet(given.CBB_API_KEY) || isSet(given.CBB_API_URL) || !isLocal(database?.url ?? given.DATABASE_URL)
      ? null
      : await startSimulator().catch(async (cause: unknown) => {
          await database?.stop();
          throw cause;
        });
  // Never beside anything real.
  const demoKey = database !== null && service !== null && !isSet(given.VIZI_API_KEY);
  return {
    environment: {
      ...given,
      ...(database === null ? {} : { DATABASE_URL: database.url, DATABASE_DIRECT_URL: database.url }),
      ...(service === null ? {} : service.settings),
      ...(demoKey ? { VIZI_API_KEY: 'vizi_demo.local-demo-secret' } : {}),
    },
    notes: [
      ...(database === null ? [] : [`Postgres   ${database.url} (private, gone at the end)`]),
      ...(service === null ? [] : [`contacts   ${service.state} (simulator)`]),
      ...(demoKey ? ['webhook key vizi_demo.local-demo-secret'] : []),
    ],
    async stop() {
      await service?.close();
      await database?.stop();
    },
  };
}

/** A real account has about 100; a demonstration should not take minutes. */
const requestsPerMinute = 6_000;

async function startSimulator() {
  const simulator = createSimulator({ contract: 'v1.1', rateLimitPerMinute: requestsPerMinute });
  const { url, origin, close } = await startSimulatorServer(simulator, { admin: true });
  return {
    state: `${origin}/__simulator/state`,
    settings: {
      CBB_API_URL: url,
      CBB_API_KEY: simulator.apiKey,
      CBB_API_RATE_LIMIT: String(requestsPerMinute),
    },
    close,
  };
}

/** Before a simulated service, orders of a database that others use must not be called synced. */
function isLocal(databaseUrl: string | undefined): boolean {
  const host = URL.parse(databaseUrl ?? '')?.hostname ?? '';
  return ['127.0.0.1', 'localhost', '[::1]'].includes(host);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== '';
}
