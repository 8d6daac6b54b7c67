import type { StoreError } from '@visanet/cbb-sync';
import type { ResultAsync } from 'neverthrow';
import * as z from 'zod';
import type { Database } from '../client/database.ts';
import { literal } from '../layout/identifiers.ts';
import type { Layout } from '../layout/layout.ts';
import { versionFoundSql } from '../migrate/schema-version.ts';
import { triggerName } from '../migrate/trigger-names.ts';

const column = z.object({
  /** As the catalog names it, without length. */
  type: z.string(),
  /** The columns that a generated one is computed from. */
  sources: z.array(z.string()).nullable(),
});

const tableColumns = z.record(z.string(), column).nullable();

const tableFacts = z.object({
  /** Null: there is no such table. */
  orders: tableColumns,
  /** Of the orders table, as `pg_class.relkind` has it. */
  kind: z.string().nullable(),
  state: tableColumns,
  unique: z.boolean(),
  absentTables: z.array(z.string()),
  triggers: z.array(z.string()),
  /** Columns whose change makes an order due again. */
  watched: z.array(z.string()),
  /** Of the schema of the sync; null where none is told. */
  version: z.number().nullable(),
});

/** What the catalog says of the tables. */
export type TableFacts = z.infer<typeof tableFacts>;

const unquoted = (name: string) => name.replaceAll('"', '');

function columnsOf(table: string): string {
  return `(SELECT jsonb_object_agg(a.attname, jsonb_build_object('type', format_type(a.atttypid, NULL),
      'sources', CASE WHEN a.attgenerated <> '' THEN (SELECT COALESCE(jsonb_agg(DISTINCT f.attname), '[]'::jsonb)
        FROM pg_attrdef d
        JOIN pg_depend p ON p.classid = 'pg_attrdef'::regclass AND p.objid = d.oid AND p.refobjid = d.adrelid
          AND p.refobjsubid <> d.adnum
        JOIN pg_attribute f ON f.attrelid = d.adrelid AND f.attnum = p.refobjsubid AND f.attnum > 0
        WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum) END))
    FROM pg_attribute a WHERE a.attrelid = ${table} AND a.attnum > 0 AND NOT a.attisdropped)`;
}

/** Reads the catalog alone, in one statement. */
export function readTableFacts(database: Database, layout: Layout): ResultAsync<TableFacts, StoreError> {
  const { ledger, history, scope, tombstones, audit, ordersLiteral, stateLiteral, columns } = layout;
  const orders = `to_regclass(${ordersLiteral})`;
  const sql = `SELECT jsonb_build_object(
    'orders', ${columnsOf(orders)}, 'kind', (SELECT c.relkind FROM pg_class c WHERE c.oid = ${orders}), 'state', ${columnsOf(`to_regclass(${stateLiteral})`)},
    'unique', EXISTS (SELECT 1 FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
      WHERE i.indrelid = ${orders} AND i.indisunique AND i.indisvalid AND i.indnkeyatts = 1 AND i.indpred IS NULL
        AND a.attname = $1::text),
    'absentTables', (SELECT COALESCE(jsonb_agg(n.name), '[]'::jsonb) FROM unnest($2::text[]) n(name)
      WHERE to_regclass(n.name) IS NULL),
    'triggers', (SELECT COALESCE(jsonb_agg(t.tgname), '[]'::jsonb) FROM pg_trigger t
      WHERE t.tgrelid = ${orders} AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')),
    'watched', (SELECT COALESCE(jsonb_agg(DISTINCT a.attname), '[]'::jsonb) FROM pg_trigger t
      JOIN pg_depend d ON d.classid = 'pg_trigger'::regclass AND d.objid = t.oid AND d.refobjid = t.tgrelid
      JOIN pg_attribute a ON a.attrelid = t.tgrelid AND a.attnum = d.refobjsubid
      WHERE t.tgrelid = ${orders} AND t.tgname = ${literal(triggerName('rearm'))}),
    'version', ${versionFoundSql(`to_regclass(${literal(ledger)})`)})::text AS answer`;
  const ours = [ledger, history, scope, tombstones, audit];
  return database.ask(sql, [unquoted(columns.orderId), ours], tableFacts);
}
