import { optional, type StoreError } from '@visanet/cbb-sync';
import { errAsync, okAsync, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import { checkCall } from '../client/check-call.ts';
import { createDatabase, type Database } from '../client/database.ts';
import type { PostgresClient } from '../client/postgres-client.ts';
import { misconfigured, unavailable } from '../client/store-errors.ts';
import { ownColumns } from '../layout/columns.ts';
import { literal } from '../layout/identifiers.ts';
import { createLayout, type Layout } from '../layout/layout.ts';
import { type OrdersTableOptions, ordersTableRules } from './check-table.ts';
import { shortTransaction } from './columns-sql.ts';
import { dropTriggersSql } from './trigger-sql.ts';

export interface UninstallOptions extends OrdersTableOptions {
  /** The orders table by its name, as a person types it to mean it. Without it nothing is done: a dry run. */
  readonly confirm?: string;
  /** Also forgets which phones were erased, so that their later orders are synced again. @default false */
  readonly tombstones?: boolean;
}

export interface UninstallReport {
  /** What was done, or would be. */
  readonly statements: readonly string[];
  readonly done: boolean;
}

const lockTimeoutMs = 2_000;

const isFlag = (value: unknown) => (typeof value === 'boolean' ? undefined : 'must be true or false');
const isText = (value: unknown) => (typeof value === 'string' ? undefined : 'must be the name of the table');

function uninstallSql(layout: Layout, tombstones: boolean): string[] {
  const { orders, state, beside, columns, ledger, history, scope, audit, migrations } = layout;
  const names = Object.keys(ownColumns).map((name) => `DROP COLUMN IF EXISTS ${Reflect.get(columns, name)}`);
  const kept = beside ? `DROP TABLE IF EXISTS ${state}` : `ALTER TABLE ${orders}\n  ${names.join(',\n  ')}`;
  const tables = [ledger, history, scope, audit, migrations, ...(tombstones ? [layout.tombstones] : [])];
  return [...dropTriggersSql(layout), kept, ...tables.map((table) => `DROP TABLE IF EXISTS ${table}`)];
}

/** Also within the transaction: a sync could begin after the count. */
function guardSql(layout: Layout): string {
  const { ledger } = layout;
  return `IF to_regclass(${literal(ledger)}) IS NOT NULL THEN
  LOCK TABLE ${ledger} IN ACCESS EXCLUSIVE MODE;
  IF EXISTS (SELECT 1 FROM ${ledger} l WHERE l.lease_expires_at > now()) THEN
    RAISE EXCEPTION 'a sync is running' USING ERRCODE = 'object_in_use';
  END IF;
END IF`;
}

const liveLeases = (database: Database, { ledger }: Layout): ResultAsync<number, StoreError> =>
  database
    .ask(
      `SELECT jsonb_build_object('there', to_regclass($1::text) IS NOT NULL)::text AS answer`,
      [ledger],
      z.object({ there: z.boolean() }),
    )
    .andThen(({ there }) => {
      if (!there) return okAsync(0);
      const sql = `SELECT jsonb_build_object('live', count(*))::text AS answer FROM ${ledger} l
        WHERE l.lease_expires_at > now()`;
      return database.ask(sql, [], z.object({ live: z.number() })).map(({ live }) => live);
    });

/**
 * Takes away all that is the sync's: triggers, columns with their indexes, tables; in one transaction. Refused while a
 * sync runs. Erased phones stay known unless `tombstones` says otherwise.
 *
 * @throws TypeError that lists every problem of the options
 */
export function uninstall(
  client: PostgresClient,
  options: UninstallOptions,
): ResultAsync<UninstallReport, StoreError> {
  checkCall('uninstall', client, options, {
    ...ordersTableRules,
    confirm: optional(isText),
    tombstones: optional(isFlag),
  });
  const layout = createLayout(options, options.mapping);
  const statements = uninstallSql(layout, options.tombstones ?? false);
  if (options.confirm === undefined) return okAsync({ statements, done: false });
  const name = layout.orders.replaceAll('"', '');
  if (options.confirm !== name) {
    return errAsync(
      misconfigured(`Nothing was removed: the orders table is ${name}, and not what was typed.`),
    );
  }
  const database = createDatabase(client);
  return liveLeases(database, layout).andThen((live) => {
    if (live > 0) {
      const remedy = 'Stop the workers and try again when their leases have ended.';
      return errAsync(unavailable(`Nothing was removed: syncs are running (${live}).`, { remedy }));
    }
    return database
      .run(shortTransaction(lockTimeoutMs, [guardSql(layout), ...statements]))
      .map(() => ({ statements, done: true }));
  });
}
