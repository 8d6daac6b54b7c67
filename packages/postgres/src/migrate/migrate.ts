import { createHash } from 'node:crypto';
import { type OptionRule, optional, type StoreError, wholeNumber } from '@visanet/cbb-sync';
import { err, ok, type Result, ResultAsync } from 'neverthrow';
import * as z from 'zod';
import { checkFacts, sourcesOf } from '../catalog/check-facts.ts';
import { readTableFacts, type TableFacts } from '../catalog/table-facts.ts';
import { checkCall } from '../client/check-call.ts';
import { createDatabase, type Database } from '../client/database.ts';
import type { PostgresClient } from '../client/postgres-client.ts';
import { misconfigured } from '../client/store-errors.ts';
import { createLayout, type Layout } from '../layout/layout.ts';
import { type OrdersTableOptions, ordersTableRules } from './check-table.ts';
import { untouchedSql } from './history-sql.ts';
import { createMigrationLease, type MigrationBusy, migrationsTableSql } from './migration-lease.ts';
import { historyStep, migrationNames, type Step, type StepContext, type StepTarget, steps } from './steps.ts';
import type { HistoryMapping } from './stream-history.ts';

export interface MigrateOptions extends OrdersTableOptions {
  /** Reads the orders that were there before, to keep the newest rank of each phone. */
  readonly mapping: OrdersTableOptions['mapping'] & HistoryMapping;
  /**
   * What becomes of orders that the plan's own SQL made `pending` before: `history` leaves them out, `due` syncs them
   * all. Where there are such orders, nothing is done without it.
   */
  readonly pending?: 'history' | 'due';
  /** A lock on the orders table that is not had in this time is tried again later. @default 2000 */
  readonly lockTimeoutMs?: number;
  /** How often a lock is tried, with the same time in between. @default 30 */
  readonly lockTries?: number;
  /** Rows of history read at a time. @default 2000 */
  readonly batch?: number;
  /** How long to wait for another migration to end. @default 60000 */
  readonly waitMs?: number;
  /** A migration that crashed keeps others out for so long. @default 600000 */
  readonly leaseMs?: number;
}

export interface MigrationReport {
  /** Names of the steps that ran now; none when the schema was up to date. */
  readonly applied: readonly string[];
  /** Orders that existed before and stay out; their newest rank of each phone is kept. */
  readonly historyOrders: number;
}

export type MigrationError = StoreError | MigrationBusy;

const rules: Readonly<Record<string, OptionRule>> = {
  ...ordersTableRules,
  pending: optional((value) =>
    value === 'history' || value === 'due' ? undefined : 'must be history or due',
  ),
  lockTimeoutMs: optional(wholeNumber(1)),
  lockTries: optional(wholeNumber(1)),
  batch: optional(wholeNumber(1, 100_000)),
  waitMs: optional(wholeNumber(0)),
  leaseMs: optional(wholeNumber(1)),
};

const known = z.record(z.string(), z.string());

function checksumOf(step: Step, target: StepTarget): string {
  return createHash('sha256').update(step.sql(target).join(';\n')).digest('hex');
}

/** No migration changes the type of a column that is there. */
const leftRemedy = 'The migrations ran and left this: give these columns their types back, or drop them.';

/** Steps that ran and must run again, because what they made is not there any more. */
async function brokenSteps(
  { database, layout }: StepContext,
  ran: Readonly<Record<string, string>>,
): Promise<Result<readonly string[], StoreError>> {
  if (migrationNames.some((name) => ran[name] === undefined)) return ok([]);
  const facts = await readTableFacts(database, layout);
  return facts.map((found) => {
    // Triggers that watch another mapping's columns are made anew by their checksum.
    const watched = [...layout.watched, ...sourcesOf(found, layout.watched)].map((name) =>
      name.replaceAll('"', ''),
    );
    if (checkFacts({ ...found, watched }, layout, 'all').isOk()) return [];
    return migrationNames.filter(
      (name) => name !== historyStep || found.absentTables.includes(layout.history),
    );
  });
}

async function runSteps(context: StepContext): Promise<Result<MigrationReport, StoreError>> {
  const { database, layout } = context;
  const read = await database.ask(
    `SELECT COALESCE(jsonb_object_agg(name, checksum), '{}'::jsonb)::text AS answer FROM ${layout.migrations}`,
    [],
    known,
  );
  if (read.isErr()) return err(read.error);
  const broken = await brokenSteps(context, read.value);
  if (broken.isErr()) return err(broken.error);
  const applied: string[] = [];
  let historyOrders = 0;
  for (const step of steps) {
    const checksum = checksumOf(step, context);
    if (read.value[step.name] === checksum && !broken.value.includes(step.name)) continue;
    const done = await step.run(context);
    if (done.isErr()) return err(done.error);
    const noted = await database.run(
      `INSERT INTO ${layout.migrations} AS m (name, checksum) VALUES ($1::text, $2::text)
       ON CONFLICT (name) DO UPDATE SET checksum = EXCLUDED.checksum, applied_at = now()`,
      [step.name, checksum],
    );
    if (noted.isErr()) return err(noted.error);
    applied.push(step.name);
    historyOrders += done.value;
    await context.onProgress();
  }
  const facts = await readTableFacts(database, layout);
  const whole = facts.andThen((found) => checkFacts(found, layout, 'all', leftRemedy));
  return whole.map(() => ({ applied, historyOrders }));
}

/** Two that create the table at the same moment: one of them gets an error from the catalog. */
async function createMigrationsTable(database: Database, layout: Layout): Promise<Result<void, StoreError>> {
  const first = await database.run(migrationsTableSql(layout));
  return first.isOk() ? first : database.run(migrationsTableSql(layout));
}

const foundAnswer = z.object({ found: z.boolean() });

/** Orders that wait without a due time: whether they are to be synced, a person must say. */
async function checkPending(
  database: Database,
  layout: Layout,
  facts: TableFacts,
  pending: MigrateOptions['pending'],
): Promise<Result<void, StoreError>> {
  const has = (column: string) => facts.state?.[column.replaceAll('"', '')] !== undefined;
  const { status, dueAt, phoneKey } = layout.columns;
  if (layout.beside || pending !== undefined || !has(status)) return ok();
  const sql = untouchedSql(layout, has(dueAt) && has(phoneKey));
  const found = await database.ask(sql, [], foundAnswer);
  if (found.isErr()) return err(found.error);
  if (!found.value.found) return ok();
  const remedy =
    'Say --pending=history to leave them out, or --pending=due to sync them all. Nothing was changed.';
  return err(
    misconfigured('The orders table has rows that the plan made pending before the sync came.', { remedy }),
  );
}

async function runMigrations(client: PostgresClient, options: MigrateOptions) {
  const database = createDatabase(client);
  const wanted = createLayout(options, options.mapping);
  const leaseMs = options.leaseMs ?? 600_000;
  const facts = await readTableFacts(database, wanted);
  if (facts.isErr()) return err(facts.error);
  const checked = checkFacts(facts.value, wanted, 'host');
  if (checked.isErr()) return err(checked.error);
  const layout = checked.value;
  const settled = await checkPending(database, layout, facts.value, options.pending);
  if (settled.isErr()) return err(settled.error);
  const sources = {
    watched: sourcesOf(facts.value, [layout.columns.orderId, ...layout.watched]),
    rank: sourcesOf(facts.value, [layout.columns.rank]),
  };
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
    sources,
    mapping: options.mapping,
    pending: options.pending,
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
  checkCall('migrate', client, options, rules);
  return new ResultAsync<MigrationReport, MigrationError>(runMigrations(client, options));
}
