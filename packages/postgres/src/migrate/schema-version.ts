import type { Layout } from '../layout/layout.ts';

/** To be raised with each change of the schema, so that stores find tables of an older one. */
export const schemaVersion = 1;

const mark = 'cbb-sync schema';

/** Says of which version the schema is, when all else has been made. */
export function markVersionSql({ ledger }: Layout): string {
  return `COMMENT ON TABLE ${ledger} IS '${mark} ${schemaVersion}'`;
}

/** An expression: the version of the schema that is there; null where none is told. `table` is an oid. */
export function versionFoundSql(table: string): string {
  return `substring(obj_description(${table}, 'pg_class') FROM '^${mark} (\\d{1,9})$')::int`;
}
