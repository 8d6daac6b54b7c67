import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** The server that `tools/test-servers` starts for a project. */
export function databaseUrl(): string {
  const url = process.env.DATABASE_URL;
  if (url === undefined) throw new Error('These tests need DATABASE_URL.');
  return url;
}

export function urlOf(database: string, username?: string): string {
  const url = new URL(databaseUrl());
  url.pathname = `/${database}`;
  if (username !== undefined) url.username = username;
  return url.href;
}

/** Of a database, schema or role of a test's own. */
export const newName = (prefix = 'cbb_test') => `${prefix}_${randomUUID().replaceAll('-', '').slice(0, 12)}`;

export async function asAdministrator(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A database of a test's own on the real server. */
export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  readonly pool: pg.Pool;
  /** With all connections to it, whoever holds them. */
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** @default one of its own */
  readonly name?: string;
  /** Nobody may be connected to it. @default 'template1' */
  readonly template?: string;
}

export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { name = newName(), template = 'template1' } = options;
  await asAdministrator(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = urlOf(name);
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  // pg throws otherwise when a test cuts an idle connection.
  pool.on('error', () => undefined);
  return {
    name,
    url,
    pool,
    async drop() {
      await pool.end();
      await asAdministrator(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}
