import { readFile } from 'node:fs/promises';
import { migrateCbbSync } from '@visanet/cbb-host';
import pg from 'pg';

const connectMs = 5_000;
const statementMs = 10_000;

/** For webhooks and sync; a pooler in transaction mode is fine. */
export function openPool(url: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: connectMs,
    query_timeout: statementMs,
  });
  // pg throws otherwise when an idle connection breaks; the next statement tells of it.
  pool.on('error', () => undefined);
  return pool;
}

/** The host's tables, then those of the sync; can run at every start. Needs a direct connection. */
export async function prepareDatabase(directUrl: string): Promise<void> {
  const direct = new pg.Pool({ connectionString: directUrl, max: 2, connectionTimeoutMillis: connectMs });
  direct.on('error', () => undefined);
  try {
    await direct.query(await readFile(new URL('schema.sql', import.meta.url), 'utf8'));
    const migrated = await migrateCbbSync(direct);
    if (migrated.isErr()) throw new Error(migrated.error.message);
  } finally {
    await direct.end();
  }
}
