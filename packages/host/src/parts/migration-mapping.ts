import type { PostgresClient } from '@visanet/cbb-postgres';
import type { Mapping } from '@visanet/cbb-sync';
import { presetOf } from './preset.ts';

const columnsSql = `SELECT attname::text AS name FROM pg_attribute
  WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped`;

/**
 * What `migrate` watches before anybody knows the contract: the columns of plan's preset, and those of v1.1's that the
 * table has. Plan's alone where the table cannot be looked at: `migrate` says why.
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
  const later = presetOf('v1.1').mapping.watchedColumns.filter((column) => names.has(column));
  return { ...plan, watchedColumns: [...new Set([...plan.watchedColumns, ...later])] };
}

function nameOf(row: unknown): unknown {
  return typeof row === 'object' && row !== null ? Reflect.get(row, 'name') : null;
}
