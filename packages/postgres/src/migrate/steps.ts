import { setTimeout as delay } from 'node:timers/promises';
import type { StoreError } from '@visanet/cbb-sync';
import { err, ok, type Result } from 'neverthrow';
import * as z from 'zod';
import type { Database } from '../client/database.ts';
import type { Layout } from '../layout/layout.ts';
import { columnsSql, shortTransaction } from './columns-sql.ts';
import { constraintSql, validateSql } from './constraint-sql.ts';
import { type IndexDefinition, indexes } from './indexes-sql.ts';
import { markVersionSql } from './schema-version.ts';
import { type HistoryMapping, settlePending, streamHistory } from './stream-history.ts';
import { tablesSql } from './tables-sql.ts';
import type { TriggerSources } from './trigger-sql.ts';

export interface StepTarget {
  readonly layout: Layout;
  readonly sources: TriggerSources;
}

export interface StepContext extends StepTarget {
  readonly database: Database;
  readonly mapping: HistoryMapping;
  /** What becomes of rows that the plan's own SQL made pending. */
  readonly pending: 'history' | 'due' | undefined;
  readonly lockTimeoutMs: number;
  readonly lockTries: number;
  readonly batch: number;
  /** Keeps the lease while a long step runs. */
  readonly onProgress: () => Promise<void>;
}

/** Each step can run again on what it did before; it does so when the SQL of its configuration changes. */
export interface Step {
  readonly name: string;
  sql(target: StepTarget): readonly string[];
  /** Gives the number of orders of history that it read. */
  run(context: StepContext): Promise<Result<number, StoreError>>;
}

async function runAll(
  context: StepContext,
  statements: readonly string[],
): Promise<Result<number, StoreError>> {
  for (const statement of statements) {
    const done = await context.database.run(statement);
    if (done.isErr()) return err(done.error);
  }
  return ok(0);
}

/** Between the tries others get their turn on the table. */
async function runShort(
  context: StepContext,
  statements: readonly string[],
): Promise<Result<number, StoreError>> {
  const sql = shortTransaction(context.lockTimeoutMs, statements);
  for (let tried = 1; ; tried += 1) {
    const done = await context.database.run(sql);
    if (done.isOk()) return ok(0);
    if (!done.error.retryable || tried === context.lockTries) return err(done.error);
    await delay(context.lockTimeoutMs);
  }
}

const leftover = z.object({ invalid: z.string().nullable() });

/** A build that broke off leaves an invalid index behind, which would count as existing. */
async function createIndex(
  context: StepContext,
  index: IndexDefinition,
): Promise<Result<number, StoreError>> {
  const { database, layout } = context;
  const found = await database.ask(
    `SELECT jsonb_build_object('invalid', (SELECT format('%I.%I', n.nspname, c.relname) FROM pg_index i
      JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE i.indrelid = ${layout.stateLiteral}::regclass AND c.relname = $1::text AND NOT i.indisvalid))::text AS answer`,
    [index.name],
    leftover,
  );
  if (found.isErr()) return err(found.error);
  const { invalid } = found.value;
  const drop = invalid === null ? [] : [`DROP INDEX CONCURRENTLY IF EXISTS ${invalid}`];
  return runAll(context, [...drop, index.sql]);
}

async function createIndexes(context: StepContext): Promise<Result<number, StoreError>> {
  for (const index of indexes(context.layout)) {
    const done = await createIndex(context, index);
    if (done.isErr()) return err(done.error);
    await context.onProgress();
  }
  return runAll(context, [markVersionSql(context.layout)]);
}

async function keepHistory(context: StepContext): Promise<Result<number, StoreError>> {
  if (context.pending !== undefined) {
    const settled = await settlePending(context, context.pending);
    if (settled.isErr()) return err(settled.error);
  }
  return streamHistory(context);
}

export const historyStep = '005_history';

export const steps: readonly Step[] = [
  {
    name: '001_tables',
    sql: ({ layout }) => tablesSql(layout),
    run: (context) => runAll(context, tablesSql(context.layout)),
  },
  {
    name: '002_columns_and_trigger',
    sql: ({ layout, sources }) => columnsSql(layout, sources),
    run: (context) => runShort(context, columnsSql(context.layout, context.sources)),
  },
  {
    name: '003_status_constraint',
    sql: ({ layout }) => [...constraintSql(layout), validateSql(layout)],
    async run(context) {
      const added = await runShort(context, constraintSql(context.layout));
      return added.isErr() ? added : runAll(context, [validateSql(context.layout)]);
    },
  },
  {
    name: '004_indexes',
    sql: ({ layout }) => [...indexes(layout).map(({ sql }) => sql), markVersionSql(layout)],
    run: createIndexes,
  },
  // Once, whatever the mapping becomes later.
  { name: historyStep, sql: () => ['history'], run: keepHistory },
];

/** In the order in which they run; the table of migrations holds those that did. */
export const migrationNames: readonly string[] = steps.map(({ name }) => name);
