import type { PostgresClient } from '../src/client/postgres-client.ts';

const description = `SELECT jsonb_build_object(
  'columns', (SELECT jsonb_object_agg(column_name, concat_ws(' ', data_type, character_maximum_length, is_nullable, column_default))
    FROM information_schema.columns WHERE table_schema = $1 AND table_name = 'orders' AND column_name LIKE 'cbb%'),
  'indexes', (SELECT jsonb_object_agg(indexname, indexdef) FROM pg_indexes
    WHERE schemaname = $1 AND tablename = 'orders' AND indexname LIKE 'idx_%'),
  'constraints', (SELECT jsonb_object_agg(conname, concat_ws(' ', convalidated, pg_get_constraintdef(oid))) FROM pg_constraint
    WHERE conrelid = ($1 || '.orders')::regclass AND contype = 'c'),
  'triggers', (SELECT jsonb_object_agg(tgname, pg_get_triggerdef(oid)) FROM pg_trigger
    WHERE tgrelid = ($1 || '.orders')::regclass AND NOT tgisinternal))::text AS answer`;

/** What the migrations make of the orders table, as text to compare; the schema's own name is left out. */
export async function describeSchema(client: PostgresClient, schema: string): Promise<string> {
  const { rows } = await client.query(description, [schema]);
  return JSON.stringify(rows).replaceAll(schema, 'schema');
}
