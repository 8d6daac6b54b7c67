import {
  createSimulator,
  type Simulator,
  type SimulatorServer,
  startSimulatorServer,
} from '@visanet/cbb-testkit';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { createHostDatabase, type HostDatabase } from './host.ts';
import { invoke } from './invoke.ts';

type Line = { check: string; state: string; message: string; remedy?: string };

/** An account of contract v1.1. */
export const live = (options = {}) =>
  createSimulator({ contract: 'v1.1', seed: 1, rateLimitPerMinute: 1_000, ...options });

/** A migrated database for the tests of one file, and the doctor's report on it; registers its own hooks. */
export function useDoctor() {
  let host: HostDatabase;
  const servers: SimulatorServer[] = [];

  beforeAll(async () => {
    host = await createHostDatabase();
    await invoke(['migrate'], { DATABASE_URL: host.url });
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
    await host.pool.query('TRUNCATE cbb_sync_scope');
  });
  afterAll(() => host.drop());

  async function serve(simulator: Simulator): Promise<string> {
    const server = await startSimulatorServer(simulator);
    servers.push(server);
    return server.url;
  }

  async function examine(
    simulator: Simulator,
    settings: Readonly<Record<string, string>> = {},
    flags: readonly string[] = [],
  ) {
    const environment = {
      CBB_API_URL: await serve(simulator),
      CBB_API_KEY: simulator.apiKey,
      CBB_API_RETRY_ATTEMPTS: '0',
      CBB_HASH_SECRET: 'a secret of the tests',
      DATABASE_URL: host.url,
      DATABASE_DIRECT_URL: host.url,
      ...settings,
    };
    const { code, documents, stderr } = await invoke(['doctor', '--json', ...flags], environment);
    const checks = documents.flatMap((document): Line[] =>
      Array.isArray(document.checks) ? document.checks : [],
    );
    return {
      code,
      documents,
      stderr,
      checks,
      of: (check: string) => checks.filter((line) => line.check === check),
    };
  }

  return {
    examine,
    /** Ends with the test; gives its URL. */
    serve,
    get host() {
      return host;
    },
  };
}
