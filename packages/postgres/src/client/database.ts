import type { StoreError } from '@visanet/cbb-sync';
import { err, ok, type Result, ResultAsync } from 'neverthrow';
import * as z from 'zod';
import { classifyError, isLockConflict } from './classify-error.ts';
import type { PostgresClient } from './postgres-client.ts';
import { misconfigured } from './store-errors.ts';

/** Runs single statements: each is its own transaction, so nothing depends on the session behind a pooler. */
export interface Database {
  /** One row with one column `answer`, JSON as text: so that the driver's type parsers have no say. */
  ask<T>(sql: string, values: readonly unknown[], answer: z.ZodType<T>): ResultAsync<T, StoreError>;
  /** A statement without an answer. */
  run(sql: string, values?: readonly unknown[]): ResultAsync<void, StoreError>;
}

const oneAnswer = z.tuple([z.object({ answer: z.string() })]);
const lockConflictTries = 5;

async function query(
  client: PostgresClient,
  sql: string,
  values: readonly unknown[],
): Promise<Result<readonly unknown[], StoreError>> {
  for (let tried = 1; ; tried += 1) {
    try {
      // Without values node-postgres uses the simple protocol, which statements outside of a transaction need.
      const { rows } = await (values.length === 0 ? client.query(sql) : client.query(sql, [...values]));
      return ok(rows);
    } catch (error) {
      if (!isLockConflict(error) || tried === lockConflictTries) return err(classifyError(error));
    }
  }
}

function readAnswer<T>(rows: readonly unknown[], schema: z.ZodType<T>): Result<T, StoreError> {
  const row = oneAnswer.safeParse(rows);
  if (!row.success) return err(misconfigured('The client gave no answer row: is it a pg pool or PGlite?'));
  const answer = schema.safeParse(JSON.parse(row.data[0].answer));
  if (answer.success) return ok(answer.data);
  const paths = answer.error.issues.map((issue) => issue.path.join('.'));
  return err(misconfigured(`The database answered in an unknown form at ${paths.join(', ')}.`));
}

export function createDatabase(client: PostgresClient): Database {
  return {
    ask: (sql, values, schema) =>
      new ResultAsync(query(client, sql, values)).andThen((rows) => readAnswer(rows, schema)),
    run: (sql, values = []) => new ResultAsync(query(client, sql, values)).map(() => undefined),
  };
}
