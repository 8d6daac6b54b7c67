import type { StoreError } from '@visanet/cbb-sync';
import { err, ok, type Result, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import { createDatabase, type Database } from '../client/database.ts';
import type { PostgresClient } from '../client/postgres-client.ts';
import type { Layout } from '../layout/layout.ts';
import { asKey, dueNow, startsAnew } from './fragments.ts';
import { hiddenByRowSecurity, lockedOrHidden } from './locked-or-hidden.ts';
import type { StoreParts } from './store-parts.ts';

const armAnswer = z.object({ known: z.boolean(), missed: z.boolean(), hidden: z.boolean() });

/** Whether the host has the order; history has no row beside it. */
export function isKnown(layout: Layout, id: string): string {
  return `EXISTS (SELECT 1 FROM ${layout.orders} o WHERE o.${layout.columns.orderId} = ${id})`;
}

/** `$1` order. */
function armSql(layout: Layout): string {
  const { columns: c, state, key } = layout;
  const own = `s.${key} = ${asKey(layout, '$1')} AND s.${c.status} IN ('pending', 'syncing')`;
  return `WITH mine AS MATERIALIZED (SELECT s.${key} AS id FROM ${state} s WHERE ${own} FOR NO KEY UPDATE SKIP LOCKED),
  armed AS (UPDATE ${state} s SET ${dueNow(layout)} FROM mine WHERE s.${key} = mine.id RETURNING 1)
  SELECT jsonb_build_object('known', ${isKnown(layout, asKey(layout, '$1'))},
    'missed', NOT EXISTS (SELECT 1 FROM armed) AND EXISTS (SELECT 1 FROM ${state} s WHERE ${own}),
    'hidden', row_security_active(${layout.ordersLiteral}))::text AS answer`;
}

/** `$1` order. Waits for the row: in the host's transaction it is the host's. */
function rearmSql(layout: Layout): string {
  const { columns: c, state, key } = layout;
  const own = `s.${key} = ${asKey(layout, '$1')} AND s.${c.status} IS NOT NULL`;
  return `WITH armed AS (
    UPDATE ${state} s SET ${c.version} = s.${c.version} + 1, ${startsAnew(layout)} WHERE ${own} RETURNING 1)
  SELECT jsonb_build_object('known', ${isKnown(layout, asKey(layout, '$1'))},
    'missed', NOT EXISTS (SELECT 1 FROM armed) AND EXISTS (SELECT 1 FROM ${state} s WHERE ${own}),
    'hidden', row_security_active(${layout.ordersLiteral}))::text AS answer`;
}

/** Makes an unfinished order due now. */
export function createArm<O>(parts: StoreParts<O>) {
  const sql = armSql(parts.layout);
  return (orderId: string): ResultAsync<boolean, StoreError> =>
    parts.database.ask(sql, [orderId], armAnswer).andThen(({ known, missed, hidden }) => {
      if (!known) return notKnown(parts, hidden);
      return missed ? lockedOrHidden(parts, hidden, true) : ok(true);
    });
}

/** Raises the version of an order whose change no trigger saw; in the host's transaction where it is given. */
export function createRearm<O>(parts: StoreParts<O>) {
  const sql = rearmSql(parts.layout);
  const ask = (database: Database, orderId: string): ResultAsync<boolean, StoreError> =>
    database.ask(sql, [orderId], armAnswer).andThen(({ known, missed, hidden }) => {
      if (!known) return notKnown(parts, hidden);
      return missed ? lockedOrHidden(parts, true, true) : ok(true);
    });
  return (orderId: string, transaction?: PostgresClient) =>
    ask(transaction === undefined ? parts.database : createDatabase(transaction), orderId);
}

function notKnown<O>({ allowRowSecurity }: StoreParts<O>, hidden: boolean): Result<boolean, StoreError> {
  return hidden && !allowRowSecurity ? err(hiddenByRowSecurity) : ok(false);
}
