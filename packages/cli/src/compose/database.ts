import pg from 'pg';
import { endsWithin } from './ends-within.ts';

export interface DatabaseOptions {
  /** Connections at most. */
  readonly max: number;
  /** Limit of one statement; null: none, for migrations. */
  readonly statementMs: number | null;
}

const connectMs = 10_000;
const endMs = 5_000;

/** A pool whose waits are bounded here: a pooler in transaction mode takes no session settings. */
export function openPool(url: string, { max, statementMs }: DatabaseOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: connectMs,
    application_name: 'cbb',
    allowExitOnIdle: true,
    ...(statementMs === null ? {} : { query_timeout: statementMs }),
  });
  // pg throws otherwise when an idle connection breaks; the next statement tells of it.
  pool.on('error', () => undefined);
  return pool;
}

export async function closePool(pool: pg.Pool): Promise<void> {
  await endsWithin(pool.end(), endMs);
}

/** A connection of its own, for LISTEN. */
export function directClient(url: string): pg.Client {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: connectMs,
    application_name: 'cbb listen',
    keepAlive: true,
  });
  client.on('error', () => undefined);
  return client;
}
