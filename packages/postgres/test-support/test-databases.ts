import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { databaseUrl } from './test-schema.ts';

/** Databases of a test's own on the real server, and connections to them. */
export async function createTestDatabases() {
  const admin = new pg.Pool({ connectionString: databaseUrl(), max: 1 });
  const prefix = `cbb_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  const made: string[] = [];
  const pools: pg.Pool[] = [];

  function connect(database: string, user?: string): pg.Pool {
    const url = new URL(databaseUrl());
    url.pathname = `/${database}`;
    if (user !== undefined) url.username = user;
    const pool = new pg.Pool({ connectionString: url.href, max: 2 });
    pools.push(pool);
    return pool;
  }
  const disconnect = () => Promise.all(pools.splice(0).map((pool) => pool.end()));

  return {
    admin,
    prefix,
    connect,
    /** A template must have no connection. */
    disconnect,
    async create(name: string, template = 'template1'): Promise<string> {
      const database = `${prefix}_${name}`;
      await admin.query(`CREATE DATABASE ${database} TEMPLATE ${template}`);
      made.push(database);
      return database;
    },
    async drop(): Promise<void> {
      await disconnect();
      for (const database of made) await admin.query(`DROP DATABASE ${database}`);
      await admin.end();
    },
  };
}
