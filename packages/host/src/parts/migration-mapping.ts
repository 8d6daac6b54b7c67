import type { PostgresClient } from '@visanet/cbb-postgres';
import type { Mapping } from '@visanet/cbb-sync';
import { presetOf } from './preset.ts';

const columnsSql = `SELECT attname::text AS name FROM pg_attribute
  WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped`;

/**
 * What `migrate` watches before anybody knows the contract: the columns of each preset that the table can serve. Those of
 * plan's where it serves none, or cannot be looked at: `migrate` says what is missing.
 */
export async function migrationMapping(
  client: PostgresClient,
  table = 'public.orders',
): Promise<Mapping<unknown>> {
  const names = await client.query(columnsSql, [table]).then(
    ({ rows }) => new Set(rows.map(nameOf)),
    () => new Set<unknown>(),
  );
  const plan: Mapping<unknown> = presetOf('plan').mapping;
  const served = [plan, presetOf('v1.1').mapping].filter(({ watchedColumns }) =>
    watchedColumns.every((column) => names.has(column)),
  );
  if (served.length === 0) return plan;
  return { ...plan, watchedColumns: [...new Set(served.flatMap(({ watchedColumns }) => watchedColumns))] };
}

function nameOf(row: unknown): unknown {
  return typeof row === 'object' && row !== null ? Reflect.get(row, 'name') : null;
}
