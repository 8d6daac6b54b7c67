import { RateLimiterPostgres, type RateLimiterStoreAbstract } from 'rate-limiter-flexible';

/** What is needed of a `pg` pool or client, or of PGlite: one statement with values. */
export interface PostgresClient {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

export function isPostgresClient(value: unknown): value is PostgresClient {
  return typeof value === 'object' && value !== null && 'query' in value && typeof value.query === 'function';
}

interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
}

export function postgresTokens(
  client: PostgresClient,
  names: { readonly schema: string; readonly table: string },
  keyPrefix: string,
  spacingMs: number,
): RateLimiterStoreAbstract {
  return new RateLimiterPostgres({
    storeClient: { query: (statement: Statement) => runUnnamed(client, statement) },
    storeType: 'pool',
    schemaName: names.schema,
    tableName: names.table,
    // It would create it on every start, and by a role that may not be allowed to.
    tableCreated: true,
    // A row per key: there is nothing to clear, and no timer is left behind.
    clearExpiredByTimeout: false,
    keyPrefix,
    points: 1,
    duration: spacingMs / 1000,
  });
}

/** Without the statement's name: a named one belongs to a session, which a pooler may change between statements. */
async function runUnnamed(client: PostgresClient, { text, values = [] }: Statement) {
  const { rows } = await client.query(text, [...values]);
  return { rows: rows.map(withNumbers), rowCount: rows.length };
}

/** `bigint` comes as text or as a BigInt, whatever type parsers the host has set. */
function withNumbers(row: unknown): object {
  return Object.fromEntries(
    Object.entries(Object(row)).map(([name, value]) => [name, value === null ? null : Number(value)]),
  );
}
