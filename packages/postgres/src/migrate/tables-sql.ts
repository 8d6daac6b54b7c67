import { ownColumnTypes } from '../layout/columns.ts';
import type { Layout } from '../layout/layout.ts';

/** The columns that the sync keeps of each order, as definitions. */
export function ownColumnDefinitions({ columns, rankType }: Layout): string[] {
  return Object.entries(ownColumnTypes(rankType)).map(
    ([name, definition]) => `${Reflect.get(columns, name)} ${definition}`,
  );
}

function stateTable(layout: Layout): string[] {
  if (!layout.beside) return [];
  const columns = [`${layout.key} ${layout.keyType} PRIMARY KEY`, ...ownColumnDefinitions(layout)];
  return [
    `CREATE TABLE IF NOT EXISTS ${layout.state} (\n${columns.map((column) => `  ${column}`).join(',\n')}\n)`,
  ];
}

/** The sync's own tables. */
export function tablesSql(layout: Layout): string[] {
  const { ledger, history, scope, tombstones, audit, rankType } = layout;
  return [
    `CREATE TABLE IF NOT EXISTS ${ledger} (
  scope text NOT NULL,
  phone_key text NOT NULL,
  contact text NOT NULL DEFAULT 'unknown',
  hashes jsonb NOT NULL DEFAULT '{}',
  applied_hashes jsonb,
  identity jsonb NOT NULL DEFAULT '{}',
  whatsapp text NOT NULL DEFAULT 'unknown',
  whatsapp_at timestamptz,
  verified_at timestamptz,
  applied_order_id text,
  applied_rank text,
  unclean boolean NOT NULL DEFAULT false,
  unclean_shown boolean NOT NULL DEFAULT false,
  voided boolean NOT NULL DEFAULT false,
  dirty boolean NOT NULL DEFAULT false,
  repair boolean NOT NULL DEFAULT false,
  orphaned boolean NOT NULL DEFAULT false,
  lease_token uuid,
  lease_expires_at timestamptz,
  left_order_id text,
  written_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (scope, phone_key)
)`,
    `CREATE TABLE IF NOT EXISTS ${history} (
  phone_key text PRIMARY KEY,
  rank ${rankType},
  order_id text NOT NULL
)`,
    `CREATE TABLE IF NOT EXISTS ${scope} (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  contract text NOT NULL,
  account text NOT NULL,
  system_identifier text,
  timeline integer,
  database_name text NOT NULL,
  database_oid text NOT NULL,
  adopted_at timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now()
)`,
    `CREATE TABLE IF NOT EXISTS ${tombstones} (
  tombstone text PRIMARY KEY,
  complete boolean NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
)`,
    `CREATE TABLE IF NOT EXISTS ${audit} (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  action text NOT NULL,
  actor text NOT NULL,
  order_id text,
  details jsonb NOT NULL DEFAULT '{}'
)`,
    ...stateTable(layout),
  ];
}
