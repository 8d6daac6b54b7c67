import type { StoreError } from '@visanet/cbb-sync';
import type { ResultAsync } from 'neverthrow';
import * as z from 'zod';
import type { Database } from '../client/database.ts';
import type { Layout } from '../layout/layout.ts';
import type { DatabaseIdentity } from './database-identity.ts';

/** Whose contacts a ledger describes, as the contact service proved it. */
export interface ProvenScope {
  /** `plan` or `v1.1`. */
  readonly contract: string;
  /** On `plan`, which cannot tell, the literal `default`. */
  readonly account: string;
}

/** What is kept of whose contacts the ledger describes, and of which database it is. */
export interface ScopeRow extends ProvenScope, DatabaseIdentity {
  readonly adoptedAt: string;
  /** Since a store last proved that all is as it was. */
  readonly seenAgoMs: number;
}

const scopeRow = z.object({
  contract: z.string(),
  account: z.string(),
  systemIdentifier: z.string().nullable(),
  timeline: z.number().nullable(),
  database: z.string(),
  databaseOid: z.string(),
  adoptedAt: z.string(),
  seenAgoMs: z.number(),
});

export function readScopeRow(
  database: Database,
  { scope }: Layout,
): ResultAsync<ScopeRow | null, StoreError> {
  const sql = `SELECT jsonb_build_object('row', (SELECT jsonb_build_object('contract', s.contract, 'account', s.account,
    'systemIdentifier', s.system_identifier, 'timeline', s.timeline, 'database', s.database_name,
    'databaseOid', s.database_oid, 'adoptedAt', s.adopted_at,
    'seenAgoMs', EXTRACT(EPOCH FROM now() - s.seen_at) * 1000) FROM ${scope} s))::text AS answer`;
  return database.ask(sql, [], z.object({ row: scopeRow.nullable() })).map(({ row }) => row);
}

/** The first comer's stays. */
export function insertScopeRow(
  database: Database,
  { scope }: Layout,
  { contract, account }: ProvenScope,
  { systemIdentifier, timeline, database: name, databaseOid }: DatabaseIdentity,
): ResultAsync<void, StoreError> {
  const sql = `INSERT INTO ${scope} (contract, account, system_identifier, timeline, database_name, database_oid)
    VALUES ($1::text, $2::text, $3::text, $4::int, $5::text, $6::text) ON CONFLICT (only_row) DO NOTHING`;
  return database.run(sql, [contract, account, systemIdentifier, timeline, name, databaseOid]);
}

/** All is as it was: says so to those who start later, and keeps what the database did not tell before. */
export function markSeen(
  database: Database,
  { scope }: Layout,
  { systemIdentifier, timeline }: DatabaseIdentity,
): ResultAsync<void, StoreError> {
  const sql = `UPDATE ${scope} s SET seen_at = now(), system_identifier = COALESCE(s.system_identifier, $1::text),
    timeline = COALESCE(s.timeline, $2::int)`;
  return database.run(sql, [systemIdentifier, timeline]);
}

/**
 * What was written in the last minutes before a failover may be lost here, while the contacts have it. `$1` the new
 * timeline; done once, by the store that comes first.
 */
export function markFailover(
  database: Database,
  { scope, ledger }: Layout,
  { timeline }: DatabaseIdentity,
): ResultAsync<void, StoreError> {
  const sql = `WITH moved AS (
      UPDATE ${scope} s SET timeline = $1::int, seen_at = now() WHERE s.timeline < $1::int RETURNING 1)
    UPDATE ${ledger} l SET voided = true, dirty = true FROM moved WHERE l.written_at > now() - interval '10 minutes'`;
  return database.run(sql, [timeline]);
}
