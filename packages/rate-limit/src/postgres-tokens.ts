import type { Tokens, TokenTimes } from './tokens.ts';

/** What is needed of a `pg` pool or client, or of PGlite: one statement with values. */
export interface PostgresClient {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

export function isPostgresClient(value: unknown): value is PostgresClient {
  return typeof value === 'object' && value !== null && 'query' in value && typeof value.query === 'function';
}

/** The database's clock, read when the row is held: what the machines think of the time does not matter. */
const now = 'floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint';

// The one who took the last request has the next turn only where nobody else asked for it.
const takeSql = (table: string) => `
INSERT INTO ${table} AS held (key, expire, turn, holder, wait_ms)
VALUES ($1::text, ${now} + $3::bigint, '', $2::text, 0)
ON CONFLICT (key) DO UPDATE SET (expire, turn, holder, wait_ms) = (
  SELECT CASE WHEN taken THEN now_ms + $3 ELSE now_ms + left_ms END,
    CASE WHEN taken THEN '' WHEN left_ms > 0 AND is_free THEN $2 ELSE held.turn END,
    CASE WHEN taken THEN $2 ELSE held.holder END,
    CASE WHEN taken THEN 0 WHEN left_ms > 0 THEN left_ms ELSE left_ms + $4 END
  FROM (SELECT clock.now_ms, look.left_ms, look.is_free,
      left_ms + $4 <= 0 OR (left_ms <= 0 AND (is_free OR held.turn = $2)) AS taken
    FROM (SELECT ${now} AS now_ms) AS clock,
      LATERAL (SELECT least(held.expire - now_ms, $5::bigint) AS left_ms,
        held.turn = '' OR (held.turn = held.holder AND held.holder <> $2) AS is_free) AS look) AS judged)
RETURNING wait_ms`;

const holdSql = (table: string) => `
INSERT INTO ${table} AS held (key, expire, turn, holder, wait_ms)
VALUES ($1::text, ${now} + $2::bigint, '', '', 0)
ON CONFLICT (key) DO UPDATE SET expire = greatest(held.expire, excluded.expire)`;

export function postgresTokens(
  client: PostgresClient,
  names: { readonly schema: string; readonly table: string },
  asker: string,
  { spacingMs, graceMs, longestMs }: TokenTimes,
): Tokens {
  const table = `"${names.schema}"."${names.table}"`;
  const [take, hold] = [takeSql(table), holdSql(table)];
  return {
    async take(key) {
      const { rows } = await client.query(take, [key, asker, spacingMs, graceMs, longestMs]);
      return waitOf(rows[0]);
    },
    async hold(key, durationMs) {
      await client.query(hold, [key, Math.ceil(durationMs)]);
    },
  };
}

/** However the host has numbers parsed. */
function waitOf(row: unknown): number {
  return Number(Object(row).wait_ms);
}
