import { randomUUID } from 'node:crypto';
import { createSimulator, type Simulator, startSimulatorServer } from '@visanet/cbb-testkit';
import { Pool } from 'pg';
import { readConfiguration } from '../configuration.ts';
import { type Service, startService } from '../start-service.ts';

export const webhookKey = 'vizi_test.a-secret-of-tests';

export interface TestService extends Service {
  readonly simulator: Simulator;
  /** Into the service's database. */
  readonly sql: Pool;
  /** What the service logged. */
  readonly logged: readonly object[];
  deliver(body: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** No connection is taken any more, and those that exist are cut. */
  loseDatabase(): Promise<void>;
  restoreDatabase(): Promise<void>;
}

const server = process.env.DATABASE_URL ?? '';

export async function createDatabase(administrator: Pool): Promise<{ name: string; url: string }> {
  const name = `hono_${randomUUID().replaceAll('-', '')}`;
  await administrator.query(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { name, url: url.href };
}

/** The service on a database of its own, before a simulator of its own that is reached over HTTP. */
export async function openTestService(): Promise<TestService> {
  const administrator = new Pool({ connectionString: server });
  const { name, url } = await createDatabase(administrator);
  const sql = new Pool({ connectionString: url });
  sql.on('error', () => undefined);
  const simulator = createSimulator({ contract: 'v1.1', seed: 1, rateLimitPerMinute: null });
  const contacts = await startSimulatorServer(simulator);

  const read = readConfiguration({
    DATABASE_URL: url,
    DATABASE_DIRECT_URL: url,
    CBB_API_URL: contacts.url,
    CBB_API_KEY: simulator.apiKey,
    CBB_API_TIMEOUT: '2000',
    CBB_API_RATE_LIMIT: '6000',
    VIZI_API_KEY: webhookKey,
    PORT: '0',
  });
  if (read.kind === 'wrong') throw new Error(read.problems.join('; '));
  const logged: object[] = [];
  const service = await startService(read.configuration, (entry) => logged.push(entry));

  return {
    ...service,
    simulator,
    sql,
    logged,
    deliver: (body, headers = { 'x-api-key': webhookKey }) =>
      fetch(`${service.url}/api/v1/webhooks/vizi/orders`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      }),
    async loseDatabase() {
      await administrator.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS false`);
      // Told to end, a connection ends a moment later: the test must not find it still open.
      await administrator.query(
        'SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = $1',
        [name],
      );
    },
    async restoreDatabase() {
      await administrator.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS true`);
    },
    async close() {
      await service.close();
      await sql.end();
      await contacts.close();
      await administrator.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await administrator.end();
    },
  };
}
