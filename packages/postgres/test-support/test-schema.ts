import { randomUUID } from 'node:crypto';
import type { Result } from 'neverthrow';
import pg from 'pg';
import type { LayoutOptions } from '../src/layout/layout.ts';

/** The account of all stores in tests. */
export const testScope = { contract: 'plan', account: 'default' } as const;

/** Fails a test with the error's kind. */
export async function must<T, E extends { kind: string; message: string }>(
  pending: PromiseLike<Result<T, E>>,
): Promise<T> {
  const result = await pending;
  if (result.isErr()) throw new Error(`${result.error.kind}: ${result.error.message}`);
  return result.value;
}

export function databaseUrl(): string {
  const url = process.env.DATABASE_URL;
  if (url === undefined) throw new Error('The tests of this package need DATABASE_URL.');
  return url;
}

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
  const name = `cbb_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
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
