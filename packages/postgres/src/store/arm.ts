import type { StoreError } from '@visanet/cbb-sync';
import { err, ok, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import { createDatabase, type Database } from '../client/database.ts';
import type { PostgresClient } from '../client/postgres-client.ts';
import type { Layout } from '../layout/layout.ts';
import { startsAnew } from './fragments.ts';
import { hiddenByRowSecurity } from './load.ts';
import type { StoreParts } from './store-parts.ts';

const armAnswer = z.object({ known: z.boolean(), written: z.boolean(), hidden: z.boolean() });

function armSql(layout: Layout, assignments: string, guard: string): string {
  const { columns: c, orders } = layout;
  return `WITH own AS MATERIALIZED (
    SELECT o.${c.orderId} AS id, ${guard} AS wanted FROM ${orders} o
    WHERE o.${c.orderId} = $1::text FOR NO KEY UPDATE),
  armed AS (
    UPDATE ${orders} o SET ${assignments} FROM own WHERE o.${c.orderId} = own.id AND own.wanted RETURNING 1)
  SELECT jsonb_build_object(
    'known', EXISTS (SELECT 1 FROM own) OR EXISTS (SELECT 1 FROM ${orders} o WHERE o.${c.orderId} = $1::text),
    'written', EXISTS (SELECT 1 FROM armed) OR EXISTS (SELECT 1 FROM own WHERE NOT wanted),
    'hidden', row_security_active(${layout.ordersLiteral}))::text AS answer`;
}

function askArm(
  database: Database,
  sql: string,
  orderId: string,
  allowRowSecurity: boolean,
): ResultAsync<boolean, StoreError> {
  return database.ask(sql, [orderId], armAnswer).andThen((answer) => {
    if (!answer.known && (!answer.hidden || allowRowSecurity)) return ok(false);
    return answer.written ? ok(true) : err(hiddenByRowSecurity);
  });
}

/** Makes an unfinished order due now. */
export function createArm<O>({ database, layout, allowRowSecurity }: StoreParts<O>) {
  const { columns: c } = layout;
  const sql = armSql(
    layout,
    `${c.status} = 'pending', ${c.dueAt} = now()`,
    `o.${c.status} IN ('pending', 'syncing')`,
  );
  return (orderId: string) => askArm(database, sql, orderId, allowRowSecurity);
}

/** Raises the version of an order whose change no trigger saw; in the host's transaction where it is given. */
export function createRearm<O>({ database, layout, allowRowSecurity }: StoreParts<O>) {
  const { columns: c } = layout;
  const sql = armSql(layout, `${c.version} = o.${c.version} + 1, ${startsAnew(layout)}`, 'true');
  return (...given: [orderId: string] | [transaction: PostgresClient, orderId: string]) =>
    given.length === 1
      ? askArm(database, sql, given[0], allowRowSecurity)
      : askArm(createDatabase(given[0]), sql, given[1], allowRowSecurity);
}
