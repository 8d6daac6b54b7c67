import { checkOptions, type Mapping, nonEmptyText, type StoreError } from '@visanet/cbb-sync';
import { errAsync, type ResultAsync } from 'neverthrow';
import { createDatabase, type Database } from '../client/database.ts';
import type { PostgresClient } from '../client/postgres-client.ts';
import { misconfigured } from '../client/store-errors.ts';
import { createLayout, type Layout, type LayoutOptions } from '../layout/layout.ts';
import { layoutRules, mappingProblem } from '../layout/layout-rules.ts';
import {
  type DatabaseIdentity,
  type ProvenScope,
  readIdentity,
  readScopeRow,
  type ScopeRow,
  scopeText,
} from './scope-row.ts';
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
  checkOptions('readScope', options, scopeRules);
  return readScopeRow(createDatabase(client), createLayout(options, options.mapping));
}

/** `$1`, `$2` contract and account, `$3`–`$6` identity, `$7` action, `$8` actor, `$9` stored scope, `$10` new scope. */
function changeSql({ scope, audit }: Layout, ledger: string): string {
  const columns = 'contract, account, system_identifier, timeline, database_name, database_oid';
  const values = '$1::text, $2::text, $3::text, $4::int, $5::text, $6::text';
  return `WITH known AS (${ledger}),
  changed AS (
    INSERT INTO ${scope} AS s (only_row, ${columns}) VALUES (true, ${values})
    ON CONFLICT (only_row) DO UPDATE SET (${columns}, adopted_at, seen_at) = (${values}, now(), now()) RETURNING 1)
  INSERT INTO ${audit} (action, actor, details)
    SELECT $7::text, $8::text, jsonb_build_object('from', $9::text, 'to', $10::text) FROM changed`;
}

function change(
  { database, layout }: Opened,
  { scope, actor }: ChangeScopeOptions,
  { stored, identity }: { stored: ScopeRow | null; identity: DatabaseIdentity },
  { action, ledger }: { action: string; ledger: string },
): ResultAsync<void, StoreError> {
  const { systemIdentifier, timeline, database: name, databaseOid } = identity;
  const from = stored === null ? null : scopeText(stored);
  const values = [scope.contract, scope.account, systemIdentifier, timeline, name, databaseOid];
  return database.run(changeSql(layout, ledger), [...values, action, actor, from, scopeText(scope)]);
}

interface Opened {
  readonly database: Database;
  readonly layout: Layout;
}

function open(client: PostgresClient, options: ChangeScopeOptions): Opened {
  return { database: createDatabase(client), layout: createLayout(options, options.mapping) };
}

const findOut = ({ database, layout }: Opened) =>
  readScopeRow(database, layout).andThen((stored) =>
    readIdentity(database).map((identity) => ({ stored, identity })),
  );

/**
 * A person's word that this database goes on with these contacts, after a restore, or after a change of the account:
 * what the ledger says of them is void, so that every next sync looks or writes again; leases end.
 *
 * @throws TypeError that lists every problem of the options
 */
export function adoptScope(
  client: PostgresClient,
  options: ChangeScopeOptions,
): ResultAsync<void, StoreError> {
  checkOptions('adoptScope', options, changeRules);
  const opened = open(client, options);
  const { ledger } = opened.layout;
  const voided = `UPDATE ${ledger} l SET scope = $10::text, voided = true, dirty = true,
    lease_token = NULL, lease_expires_at = NULL, written_at = now() WHERE l.scope = $9::text RETURNING 1`;
  return findOut(opened).andThen((found) =>
    change(opened, options, found, { action: 'adopt', ledger: voided }),
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
  checkOptions('separateScope', options, changeRules);
  const opened = open(client, options);
  const accountUnproven = options.scope.contract === 'plan';
  return findOut(opened).andThen((found) => {
    const same = found.stored !== null && scopeText(found.stored) === scopeText(options.scope);
    if (same && !accountUnproven) return errAsync(sameAccount(options.scope));
    const emptied = `DELETE FROM ${opened.layout.ledger} l WHERE l.scope IN ($9::text, $10::text) RETURNING 1`;
    return change(opened, options, found, { action: 'separate', ledger: emptied }).map(() => ({
      accountUnproven,
    }));
  });
}

function sameAccount(scope: ProvenScope): StoreError {
  const remedy = 'Give the copy a key of another account; after a restore of the original, adopt it instead.';
  return misconfigured(`A copy of the database would write to the same contacts: ${scopeText(scope)}.`, {
    remedy,
  });
}
