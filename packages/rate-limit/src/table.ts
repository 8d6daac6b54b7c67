import { ResultAsync } from 'neverthrow';
import { isPostgresClient, type PostgresClient } from './postgres-tokens.ts';
import { optional, problemsOf, refuse, tableName } from './rules.ts';
import { codeOf, type RateLimitStoreFailure, toStoreFailure } from './store-failure.ts';

export interface RateLimitTable {
  /** @default 'public' */
  readonly schema?: string;
  /** @default 'cbb_rate_limits' */
  readonly table?: string;
}

export const defaultTable = { schema: 'public', table: 'cbb_rate_limits' } as const;

const rules = { schema: optional(tableName), table: optional(tableName) };

/**
 * The statement that makes the table, for hosts that keep migrations of their own. One row per key: until when nobody is
 * granted a request (Unix milliseconds of the database), whose turn is next, who was granted the last one, and what the
 * last asker was told. Its content may be lost at any time, so it is not logged.
 *
 * @throws TypeError for a name that would need more than quotes, or is unknown
 */
export function rateLimitTableSql(names: RateLimitTable = {}): string {
  refuse(problemsOf(names, rules));
  const { schema = defaultTable.schema, table = defaultTable.table } = names;
  return `CREATE UNLOGGED TABLE IF NOT EXISTS "${schema}"."${table}" (
  key varchar(255) PRIMARY KEY,
  expire bigint NOT NULL,
  turn text NOT NULL,
  holder text NOT NULL,
  wait_ms bigint NOT NULL
) WITH (fillfactor = 50)`;
}

/**
 * Makes the table where it is missing. Once, e.g. at deployment, by a role that may create tables.
 *
 * @throws TypeError for what is no client of Postgres, and for names as `rateLimitTableSql` does
 */
export function ensureRateLimitTable(
  client: PostgresClient,
  names: RateLimitTable = {},
): ResultAsync<void, RateLimitStoreFailure> {
  refuse([
    ...(isPostgresClient(client) ? [] : ['client: must be a pool of pg']),
    ...problemsOf(names, rules),
  ]);
  const sql = rateLimitTableSql(names);
  return ResultAsync.fromPromise(create(client, sql), (error) => toStoreFailure('postgres', error));
}

async function create(client: PostgresClient, sql: string): Promise<void> {
  try {
    await client.query(sql, []);
  } catch (error) {
    // Two that create it at the same moment: the other one did.
    if (codeOf(error) !== '23505') throw error;
  }
}
