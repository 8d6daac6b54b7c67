import { readFile } from 'node:fs/promises';
import { migrateCbbSync } from '@visanet/cbb-host';
import pg from 'pg';

const connectMs = 5_000;

/** The host's tables, then those of the sync; can be run again. Needs a direct connection. */
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
