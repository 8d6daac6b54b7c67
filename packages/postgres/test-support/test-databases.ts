import { asAdministrator, newName, urlOf } from '@visanet/test-support';
import pg from 'pg';

/** Databases of a test's own on the real server, and connections to them. */
export function createTestDatabases() {
  const prefix = newName();
  const made: string[] = [];
  const pools: pg.Pool[] = [];

  function connect(database: string, user?: string): pg.Pool {
    const pool = new pg.Pool({ connectionString: urlOf(database, user), max: 2 });
    pools.push(pool);
    return pool;
  }
  const disconnect = () => Promise.all(pools.splice(0).map((pool) => pool.end()));

  return {
    prefix,
    connect,
    /** A template must have no connection. */
    disconnect,
    async create(name: string, template = 'template1'): Promise<string> {
      const database = `${prefix}_${name}`;
      await asAdministrator(`CREATE DATABASE ${database} TEMPLATE ${template}`);
      made.push(database);
      return database;
    },
    async drop(): Promise<void> {
      await disconnect();
      for (const database of made) await asAdministrator(`DROP DATABASE ${database}`);
    },
  };
}
