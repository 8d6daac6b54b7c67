import { type Mapping, nonEmptyText, type StoreError } from '@visanet/cbb-sync';
import { errAsync, ResultAsync } from 'neverthrow';
import * as z from 'zod';
import { answersWithin } from '../client/answers-within.ts';
import { checkCall } from '../client/check-call.ts';
import { createDatabase, type Database } from '../client/database.ts';
import type { PostgresClient } from '../client/postgres-client.ts';
import { createLayout, type Layout, type LayoutOptions } from '../layout/layout.ts';
import { layoutRules, mappingProblem } from '../layout/layout-rules.ts';
import { type DatabaseIdentity, readIdentity } from './database-identity.ts';
import { scopeText } from './judge-start.ts';
import { sameAccount } from './scope-errors.ts';
import { type ProvenScope, readScopeRow, type ScopeRow } from './scope-row.ts';
import { scopeProblem } from './scope-rules.ts';

export interface ScopeOptions extends LayoutOptions {
  readonly mapping: Pick<Mapping<unknown>, 'orderIdColumn' | 'rankColumn' | 'watchedColumns' | 'parse'>;
}

export interface ChangeScopeOptions extends ScopeOptions {
  /** Contract and account as the client proves them now. */
  readonly scope: ProvenScope;
  /** Who says so; kept in the audit table. */
  readonly actor: string;
}

export interface SeparateReport {
  /** On `plan` the service tells no accounts apart: that this copy has another one is the person's word. */
  readonly accountUnproven: boolean;
}

const readTimeoutMs = 30_000;
const scopeRules = { ...layoutRules, mapping: mappingProblem };
const changeRules = { ...scopeRules, scope: scopeProblem, actor: nonEmptyText };

/**
 * What the database keeps of whose contacts its ledger describes; null before the first start of a store.
 *
 * @throws TypeError that lists every problem of the options
 */
export function readScope(
  client: PostgresClient,
  options: ScopeOptions,
): ResultAsync<ScopeRow | null, StoreError> {
  checkCall('readScope', client, options, scopeRules);
  const read = readScopeRow(createDatabase(client), createLayout(options, options.mapping));
  return new ResultAsync(answersWithin(readTimeoutMs, read));
}

/** What a change of the scope would be about. */
export interface ScopeSurvey {
  /** Null before the first start of a store. */
  readonly stored: ScopeRow | null;
  /** Of the database as it is now. */
  readonly identity: DatabaseIdentity;
  /** Phones of which the ledger knows something. */
  readonly contacts: number;
  /** Syncs that run now. */
  readonly liveLeases: number;
}

/**
 * What `adoptScope` and `separateScope` would find, for a person to look at before. Reads only.
 *
 * @throws TypeError that lists every problem of the options
 */
export function surveyScope(
  client: PostgresClient,
  options: ScopeOptions,
): ResultAsync<ScopeSurvey, StoreError> {
  checkCall('surveyScope', client, options, scopeRules);
  return open(client, options).andThen(({ database, layout, stored, identity }) =>
    database.ask(surveySql(layout), [], surveyed).map((counts) => ({ stored, identity, ...counts })),
  );
}

const surveyed = z.object({ contacts: z.number(), liveLeases: z.number() });

const surveySql = ({ ledger }: Layout) => `SELECT jsonb_build_object('contacts', count(*),
  'liveLeases', count(*) FILTER (WHERE l.lease_expires_at > now()))::text AS answer FROM ${ledger} l`;

/** Ends what the ledger holds, rewrites the scope and keeps who said so, in one statement. `$1` … see `change`. */
function changeSql({ scope, audit }: Layout, ledger: string): string {
  const columns = 'contract, account, system_identifier, timeline, database_name, database_oid';
  const values = '$1::text, $2::text, $3::text, $4::int, $5::text, $6::text';
  return `WITH ${ledger},
  changed AS (
    INSERT INTO ${scope} AS s (only_row, ${columns}) VALUES (true, ${values})
    ON CONFLICT (only_row) DO UPDATE SET (${columns}, adopted_at, seen_at) = (${values}, now(), now()) RETURNING 1)
  INSERT INTO ${audit} (action, actor, details)
    SELECT $7::text, $8::text, jsonb_build_object('from', $9::text, 'to', $10::text) FROM changed`;
}

interface Opened {
  readonly database: Database;
  readonly layout: Layout;
  readonly stored: ScopeRow | null;
  readonly identity: DatabaseIdentity;
}

function open(client: PostgresClient, options: ScopeOptions): ResultAsync<Opened, StoreError> {
  const database = createDatabase(client);
  const layout = createLayout(options, options.mapping);
  return readScopeRow(database, layout).andThen((stored) =>
    readIdentity(database).map((identity) => ({ database, layout, stored, identity })),
  );
}

function change(
  { database, layout, stored, identity }: Opened,
  { scope, actor }: ChangeScopeOptions,
  { action, ledger }: { readonly action: string; readonly ledger: string },
): ResultAsync<void, StoreError> {
  const { systemIdentifier, timeline, database: name, databaseOid } = identity;
  const from = stored === null ? null : scopeText(stored);
  const values = [scope.contract, scope.account, systemIdentifier, timeline, name, databaseOid];
  return database.run(changeSql(layout, ledger), [...values, action, actor, from, scopeText(scope)]);
}

/** Rows of other accounts than the one that is stored describe contacts that nobody asks for any more. */
function adoptSql({ ledger }: Layout): string {
  const ours = 'COALESCE($9::text, $10::text)';
  return `removed AS (DELETE FROM ${ledger} l WHERE l.scope <> ${ours} RETURNING 1),
  voided AS (
    UPDATE ${ledger} l SET scope = $10::text, voided = true, dirty = true, lease_token = NULL, lease_expires_at = NULL,
      written_at = now()
    WHERE l.scope = ${ours} AND (SELECT count(*) FROM removed) >= 0 RETURNING 1)`;
}

/**
 * A person's word that this database goes on with these contacts, after a restore, or after a change of the account:
 * what the ledger says of them is void, so that every next sync looks or writes again; leases end. Running stores of
 * another account stop within a minute.
 *
 * @throws TypeError that lists every problem of the options
 */
export function adoptScope(
  client: PostgresClient,
  options: ChangeScopeOptions,
): ResultAsync<void, StoreError> {
  checkCall('adoptScope', client, options, changeRules);
  return open(client, options).andThen((opened) =>
    change(opened, options, { action: 'adopt', ledger: adoptSql(opened.layout) }),
  );
}

/**
 * A person's word that this database is a copy with an account of its own, as for tests: the ledger is emptied, erased
 * phones stay erased. Refused for the account that the original writes to.
 *
 * @throws TypeError that lists every problem of the options
 */
export function separateScope(
  client: PostgresClient,
  options: ChangeScopeOptions,
): ResultAsync<SeparateReport, StoreError> {
  checkCall('separateScope', client, options, changeRules);
  const accountUnproven = options.scope.contract === 'plan';
  return open(client, options).andThen((opened) => {
    const { stored, layout } = opened;
    const same = stored !== null && scopeText(stored) === scopeText(options.scope);
    if (same && !accountUnproven) return errAsync(sameAccount(options.scope));
    const ledger = `emptied AS (DELETE FROM ${layout.ledger} RETURNING 1)`;
    return change(opened, options, { action: 'separate', ledger }).map(() => ({ accountUnproven }));
  });
}
