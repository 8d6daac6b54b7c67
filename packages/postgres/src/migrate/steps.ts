import { setTimeout as delay } from 'node:timers/promises';
import type { StoreError } from '@visanet/cbb-sync';
import { err, ok, type Result } from 'neverthrow';
import * as z from 'zod';
import type { Database } from '../client/database.ts';
import type { Layout } from '../layout/layout.ts';
import { columnsSql, shortTransaction } from './columns-sql.ts';
import { constraintSql, validateSql } from './constraint-sql.ts';
import { historyBatchSql } from './history-sql.ts';
import { type IndexDefinition, indexes } from './indexes-sql.ts';
import { tablesSql } from './tables-sql.ts';

export interface StepContext {
  readonly database: Database;
  readonly layout: Layout;
  readonly lockTimeoutMs: number;
  readonly lockTries: number;
  readonly batch: number;
  /** Keeps the lease while a long step runs. */
  readonly onProgress: () => Promise<void>;
}

/** Each step can run again on what it did before; it does so when the SQL of its configuration changes. */
export interface Step {
  readonly name: string;
  sql(layout: Layout): readonly string[];
  /** Gives the number of orders it wrote. */
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
      WHERE i.indrelid = ${layout.ordersLiteral}::regclass AND c.relname = $1::text AND NOT i.indisvalid))::text AS answer`,
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
  return ok(0);
}

const batchAnswer = z.object({ skipped: z.number(), next: z.string().nullable() });

async function skipHistory(context: StepContext): Promise<Result<number, StoreError>> {
  const sql = historyBatchSql(context.layout);
  let cursor: string | null = '';
  let skipped = 0;
  while (cursor !== null) {
    const done: Result<z.infer<typeof batchAnswer>, StoreError> = await context.database.ask(
      sql,
      [cursor, context.batch],
      batchAnswer,
    );
    if (done.isErr()) return err(done.error);
    skipped += done.value.skipped;
    cursor = done.value.next;
    await context.onProgress();
  }
  return ok(skipped);
}

export const steps: readonly Step[] = [
  { name: '001_tables', sql: tablesSql, run: (context) => runAll(context, tablesSql(context.layout)) },
  {
    name: '002_columns_and_trigger',
    sql: columnsSql,
    run: (context) => runShort(context, columnsSql(context.layout)),
  },
  {
    name: '003_status_constraint',
    sql: (layout) => [...constraintSql(layout), validateSql(layout)],
    async run(context) {
      const added = await runShort(context, constraintSql(context.layout));
      return added.isErr() ? added : runAll(context, [validateSql(context.layout)]);
    },
  },
  { name: '004_indexes', sql: (layout) => indexes(layout).map(({ sql }) => sql), run: createIndexes },
  { name: '005_history', sql: (layout) => [historyBatchSql(layout)], run: skipHistory },
];
