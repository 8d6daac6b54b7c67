import { createRequire } from 'node:module';
import { afterEach, expect, it, vi } from 'vitest';
import { startPgBouncer } from './pgbouncer.ts';
import { type PostgresServer, startPostgres } from './postgres.ts';

interface SqlClient {
  connect(): Promise<void>;
  query(text: string): Promise<{ readonly rows: readonly unknown[] }>;
  end(): Promise<void>;
}

const pg: { readonly Client: new (options: { connectionString: string }) => SqlClient } = createRequire(
  new URL('../../packages/postgres/package.json', import.meta.url),
)('pg');

async function ask(url: string, ...statements: readonly string[]): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const answers: unknown[] = [];
  for (const statement of statements) answers.push((await client.query(statement)).rows);
  await client.end();
  return answers;
}

let server: PostgresServer | undefined;
afterEach(async () => {
  vi.unstubAllEnvs();
  await server?.stop();
  server = undefined;
});

it('starts a private server, which keeps commits over a crash when it is durable, and ends with its data', async () => {
  server = await startPostgres({ private: true, durable: true });
  await ask(server.url, 'CREATE TABLE kept AS SELECT 1 AS one');
  await server.restart();
  expect(await ask(server.url, 'SELECT one FROM kept')).toEqual([[{ one: 1 }]]);
  const { url } = server;
  await server.stop();
  server = undefined;
  await expect(ask(url, 'SELECT 1')).rejects.toThrow();
});

it('puts a pooler in transaction mode in front of it', async () => {
  server = await startPostgres({ private: true });
  const pooler = await startPgBouncer(server.url);
  const [first] = await ask(pooler.url, 'SELECT current_database() AS name');
  expect(first).toEqual([{ name: 'postgres' }]);
  await pooler.stop();
  await expect(ask(pooler.url, 'SELECT 1')).rejects.toThrow();
});

it('takes the server that DATABASE_URL names, and leaves it running', async () => {
  vi.stubEnv('DATABASE_URL', 'postgresql://user@127.0.0.1:1/given');
  const given = await startPostgres();
  expect(given.url).toBe('postgresql://user@127.0.0.1:1/given');
  await expect(given.restart()).rejects.toThrow('DATABASE_URL');
  await given.stop();
});
