import type { StoreError } from '@visanet/cbb-sync';
import { okAsync, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import type { Database } from '../client/database.ts';
import type { Layout } from '../layout/layout.ts';

/** Whose contacts a ledger describes, as the contact service proved it. */
export interface ProvenScope {
  /** `plan` or `v1.1`. */
  readonly contract: string;
  /** On `plan`, which cannot tell, the literal `default`. */
  readonly account: string;
}

const server = z.object({
  systemIdentifier: z.string().nullable(),
  timeline: z.number().nullable(),
});

/** What tells a database from its copies. Null where the role may not ask. */
const identity = server.extend({ database: z.string(), databaseOid: z.string() });
export type DatabaseIdentity = z.infer<typeof identity>;

const scopeRow = identity.extend({
  contract: z.string(),
  account: z.string(),
  adoptedAt: z.string(),
  seenAt: z.string(),
});

/** What is kept of whose contacts the ledger describes, and of which database it is. */
export type ScopeRow = z.infer<typeof scopeRow>;

export const scopeText = ({ contract, account }: ProvenScope) => `${contract}/${account}`;

export function readScopeRow(
  database: Database,
  { scope }: Layout,
): ResultAsync<ScopeRow | null, StoreError> {
  const sql = `SELECT jsonb_build_object('row', (SELECT jsonb_build_object('contract', s.contract, 'account', s.account,
    'systemIdentifier', s.system_identifier, 'timeline', s.timeline, 'database', s.database_name,
    'databaseOid', s.database_oid, 'adoptedAt', s.adopted_at, 'seenAt', s.seen_at) FROM ${scope} s))::text AS answer`;
  return database.ask(sql, [], z.object({ row: scopeRow.nullable() })).map(({ row }) => row);
}

/** A hosted server may keep to itself which one it is. */
export function readIdentity(database: Database): ResultAsync<DatabaseIdentity, StoreError> {
  const itself = `SELECT jsonb_build_object('systemIdentifier', s.system_identifier::text, 'timeline', c.timeline_id)::text
    AS answer FROM pg_control_system() s CROSS JOIN pg_control_checkpoint() c`;
  const here = `SELECT jsonb_build_object('database', current_database(), 'databaseOid',
    (SELECT d.oid::text FROM pg_database d WHERE d.datname = current_database()))::text AS answer`;
  return database
    .ask(itself, [], server)
    .orElse(() => okAsync({ systemIdentifier: null, timeline: null }))
    .andThen((told) =>
      database
        .ask(here, [], identity.omit({ systemIdentifier: true, timeline: true }))
        .map((place) => ({ ...told, ...place })),
    );
}

/** The first comer's scope stays. */
export function writeScopeRow(
  database: Database,
  { scope }: Layout,
  { contract, account }: ProvenScope,
  { systemIdentifier, timeline, database: name, databaseOid }: DatabaseIdentity,
): ResultAsync<void, StoreError> {
  const sql = `INSERT INTO ${scope} (contract, account, system_identifier, timeline, database_name, database_oid)
    VALUES ($1::text, $2::text, $3::text, $4::int, $5::text, $6::text) ON CONFLICT (only_row) DO NOTHING`;
  return database.run(sql, [contract, account, systemIdentifier, timeline, name, databaseOid]);
}
