import { createHash, randomBytes } from 'node:crypto';
import { Pool } from 'pg';

export const webhookKey = 'vizi_test.0123456789abcdef';
export const dashboardPassword = 'only-for-this-test';

export interface TestEnvironment {
  /** As `process.env` would hold it. */
  readonly variables: Record<string, string>;
  readonly pool: Pool;
  close(): Promise<void>;
}

/** An empty database and a queue of its own on the servers of this run. */
export async function createTestEnvironment(apiUrl: string, apiKey: string): Promise<TestEnvironment> {
  const name = `cbb_nest_${randomBytes(6).toString('hex')}`;
  const server = new Pool({ connectionString: process.env.TEST_DATABASE_URL, max: 1 });
  await server.query(`create database ${name}`);
  const url = new URL(process.env.TEST_DATABASE_URL ?? '');
  url.pathname = name;
  const pool = new Pool({ connectionString: url.href, max: 2 });
  // Dropping the database ends connections that are being closed.
  pool.on('error', () => {});
  return {
    variables: {
      CBB_API_RATE_LIMIT: '6000',
      CBB_API_URL: apiUrl,
      CBB_API_KEY: apiKey,
      CBB_API_TIMEOUT: '5000',
      DATABASE_URL: url.href,
      REDIS_URL: process.env.TEST_REDIS_URL ?? '',
      QUEUE_PREFIX: name,
      SWEEP_INTERVAL_MS: '500',
      WEBHOOK_KEY_SHA256: createHash('sha256').update(webhookKey).digest('hex'),
      DASHBOARD_PASSWORD: dashboardPassword,
    },
    pool,
    async close() {
      await pool.end();
      await server.query(`drop database ${name} with (force)`);
      await server.end();
    },
  };
}
