import { databaseUrl, must, newName } from '@visanet/test-support';
import pg from 'pg';
import type { LayoutOptions } from '../src/layout/layout.ts';

/** The account of all stores in tests. */
export const testScope = { contract: 'plan', account: 'default' } as const;

export { databaseUrl, must };

/** Names of all tables within a schema of its own, so that files do not meet. */
export function tablesIn(
  schema: string,
): Required<
  Pick<
    LayoutOptions,
    | 'table'
    | 'stateTable'
    | 'ledgerTable'
    | 'historyTable'
    | 'scopeTable'
    | 'tombstoneTable'
    | 'auditTable'
    | 'migrationsTable'
  >
> {
  return {
    table: `${schema}.orders`,
    stateTable: `${schema}.states`,
    ledgerTable: `${schema}.ledger`,
    historyTable: `${schema}.history`,
    scopeTable: `${schema}.scope`,
    tombstoneTable: `${schema}.tombstones`,
    auditTable: `${schema}.audit`,
    migrationsTable: `${schema}.migrations`,
  };
}

export interface TestSchema {
  readonly name: string;
  readonly pool: pg.Pool;
  drop(): Promise<void>;
}

/** An empty schema on the real server. */
export async function createTestSchema(): Promise<TestSchema> {
  const name = newName();
  const pool = new pg.Pool({ connectionString: databaseUrl(), max: 12 });
  await pool.query(`CREATE SCHEMA ${name}`);
  return {
    name,
    pool,
    async drop() {
      await pool.query(`DROP SCHEMA ${name} CASCADE`);
      await pool.end();
    },
  };
}
