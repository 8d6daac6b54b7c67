import { createHash } from 'node:crypto';
import { checkOptions, type OptionRule, optional, type StoreError, wholeNumber } from '@visanet/cbb-sync';
import { err, ok, type Result, ResultAsync } from 'neverthrow';
import * as z from 'zod';
import { createDatabase, type Database } from '../client/database.ts';
import type { PostgresClient } from '../client/postgres-client.ts';
import { createLayout, type Layout } from '../layout/layout.ts';
import { checkTable, type OrdersTableOptions, ordersTableRules } from './check-table.ts';
import { createMigrationLease, type MigrationBusy, migrationsTableSql } from './migration-lease.ts';
import { type Step, type StepContext, steps } from './steps.ts';

export interface MigrateOptions extends OrdersTableOptions {
  /** A lock on the orders table that is not had in this time is tried again later. @default 2000 */
  readonly lockTimeoutMs?: number;
  /** How often a lock is tried, with the same time in between. @default 30 */
  readonly lockTries?: number;
  /** Rows of history written per transaction. @default 2000 */
  readonly batch?: number;
  /** How long to wait for another migration to end. @default 60000 */
  readonly waitMs?: number;
  /** A migration that crashed keeps others out for so long. @default 600000 */
  readonly leaseMs?: number;
}

export interface MigrationReport {
  /** Names of the steps that ran now; none when the schema was up to date. */
  readonly applied: readonly string[];
  /** Orders that existed before and were set to `skipped`, reason `before_start`. */
  readonly historySkipped: number;
}

export type MigrationError = StoreError | MigrationBusy;

const rules: Readonly<Record<string, OptionRule>> = {
  ...ordersTableRules,
  lockTimeoutMs: optional(wholeNumber(1)),
  lockTries: optional(wholeNumber(1)),
  batch: optional(wholeNumber(1, 100_000)),
  waitMs: optional(wholeNumber(0)),
  leaseMs: optional(wholeNumber(1)),
};

const known = z.record(z.string(), z.string());

function checksumOf(step: Step, layout: Layout): string {
  return createHash('sha256').update(step.sql(layout).join(';\n')).digest('hex');
}

async function runSteps(context: StepContext): Promise<Result<MigrationReport, StoreError>> {
  const { database, layout } = context;
  const read = await database.ask(
    `SELECT COALESCE(jsonb_object_agg(name, checksum), '{}'::jsonb)::text AS answer FROM ${layout.migrations}`,
    [],
    known,
  );
  if (read.isErr()) return err(read.error);
  const applied: string[] = [];
  let historySkipped = 0;
  for (const step of steps) {
    const checksum = checksumOf(step, layout);
    if (read.value[step.name] === checksum) continue;
    const done = await step.run(context);
    if (done.isErr()) return err(done.error);
    const noted = await database.run(
      `INSERT INTO ${layout.migrations} AS m (name, checksum) VALUES ($1::text, $2::text)
       ON CONFLICT (name) DO UPDATE SET checksum = EXCLUDED.checksum, applied_at = now()`,
      [step.name, checksum],
    );
    if (noted.isErr()) return err(noted.error);
    applied.push(step.name);
    historySkipped += done.value;
    await context.onProgress();
  }
  return ok({ applied, historySkipped });
}

/** Two that create the table at the same moment: one of them gets an error from the catalog. */
async function createMigrationsTable(database: Database, layout: Layout): Promise<Result<void, StoreError>> {
  const first = await database.run(migrationsTableSql(layout));
  return first.isOk() ? first : database.run(migrationsTableSql(layout));
}

async function runMigrations(client: PostgresClient, options: MigrateOptions) {
  const layout = createLayout(options, options.mapping);
  const database = createDatabase(client);
  const leaseMs = options.leaseMs ?? 600_000;
  const ready = await checkTable(database, layout);
  if (ready.isErr()) return err(ready.error);
  const table = await createMigrationsTable(database, layout);
  if (table.isErr()) return err(table.error);
  const lease = createMigrationLease(database, layout, leaseMs);
  const taken = await lease.take(options.waitMs ?? 60_000);
  if (taken.isErr()) return err(taken.error);
  const renew = async () => {
    await lease.renew().unwrapOr(undefined);
  };
  // Over a pool this also renews while one long statement runs.
  const timer = setInterval(renew, leaseMs / 3);
  const report = await runSteps({
    database,
    layout,
    lockTimeoutMs: options.lockTimeoutMs ?? 2_000,
    lockTries: options.lockTries ?? 30,
    batch: options.batch ?? 2_000,
    onProgress: renew,
  });
  clearInterval(timer);
  const freed = await lease.free();
  return report.isErr() || freed.isOk() ? report : err(freed.error);
}

/**
 * Brings the orders table and the sync's own tables to the present schema: versioned, to be run again at will, without
 * a long lock on a live table. Needs the right to alter the table, and a connection outside of a transaction.
 *
 * @throws TypeError that lists every problem of the options
 */
export function migrate(
  client: PostgresClient,
  options: MigrateOptions,
): ResultAsync<MigrationReport, MigrationError> {
  checkOptions('migrate', options, rules);
  return new ResultAsync<MigrationReport, MigrationError>(runMigrations(client, options));
}
