import { randomUUID } from 'node:crypto';
import {
  type ContractName,
  createSimulator,
  type Simulator,
  startSimulatorServer,
} from '@visanet/cbb-testkit';
import { Pool } from 'pg';
import { webhookPath } from '../answer-request.ts';
import { readConfiguration } from '../configuration.ts';
import { createEntry, type Entry } from '../create-entry.ts';
import { openFunction } from '../open-function.ts';
import { prepareDatabase } from '../prepare-database.ts';

export const keys = { webhook: 'vizi_test.a-secret-of-tests', cron: 'a-cron-secret-of-tests' };

export interface TestFunction extends Entry {
  readonly simulator: Simulator;
  /** Into the function's database. */
  readonly sql: Pool;
  /** What the function logged. */
  readonly logged: readonly object[];
  /** A call of a route, by default with the webhook's key. */
  call(
    method: string,
    path: string,
    body?: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Response>;
  deliver(body: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** No connection is taken any more, and those that exist are cut. */
  loseDatabase(): Promise<void>;
  restoreDatabase(): Promise<void>;
  close(): Promise<void>;
}

const server = process.env.DATABASE_URL ?? '';

/** The function on a database of its own, before a simulator of its own that is reached over HTTP. */
export async function openTestFunction(
  settings: Readonly<Record<string, string>> = {},
  contract: ContractName = 'v1.1',
): Promise<TestFunction> {
  const administrator = new Pool({ connectionString: server });
  const name = `serverless_${randomUUID().replaceAll('-', '')}`;
  await administrator.query(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  await prepareDatabase(url.href);
  const sql = new Pool({ connectionString: url.href });
  sql.on('error', () => undefined);
  const simulator = createSimulator({ contract, seed: 1, rateLimitPerMinute: null, hasWhatsApp: () => true });
  const contacts = await startSimulatorServer(simulator);

  const configuration = readConfiguration({
    DATABASE_URL: url.href,
    CBB_API_URL: contacts.url,
    CBB_API_KEY: simulator.apiKey,
    CBB_API_RATE_LIMIT: '6000',
    VIZI_API_KEY: keys.webhook,
    CRON_SECRET: keys.cron,
    ...settings,
  });
  const logged: object[] = [];
  const opened = await openFunction(configuration, (entry) => logged.push(entry));
  const entry = createEntry(() => Promise.resolve(opened));
  const call: TestFunction['call'] = (method, path, body, headers = { 'x-api-key': keys.webhook }) =>
    entry.fetch(
      new Request(`http://function.invalid${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
      }),
    );

  return {
    ...entry,
    simulator,
    sql,
    logged,
    call,
    deliver: (body, headers) => call('POST', webhookPath, body, headers),
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
      await opened.close();
      await sql.end();
      await contacts.close();
      await administrator.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await administrator.end();
    },
  };
}
