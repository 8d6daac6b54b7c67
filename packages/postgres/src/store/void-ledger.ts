import type { PhoneIdentity, StoreError } from '@visanet/cbb-sync';
import { err, ok, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import { rowMissing } from '../client/store-errors.ts';
import type { Layout } from '../layout/layout.ts';
import { dueNow, newestFirst } from './fragments.ts';
import type { StoreParts } from './store-parts.ts';

function voidSql(layout: Layout): string {
  const { columns: c, orders, ledger, tombstones } = layout;
  return `WITH newest AS MATERIALIZED (
    SELECT o.${c.orderId} AS id FROM ${orders} o WHERE o.${c.phoneKey} = $2::text AND o.${c.status} <> 'skipped'
    ORDER BY ${newestFirst(layout)} LIMIT 1),
  armed AS (
    UPDATE ${orders} o SET ${dueNow(layout)}
    WHERE o.${c.orderId} = $4::text OR o.${c.orderId} IN (SELECT id FROM newest) RETURNING o.${c.orderId} AS id),
  voided AS (
    UPDATE ${ledger} l SET voided = true, dirty = true FROM (SELECT count(*) FROM armed) locked
    WHERE l.scope = $1::text AND l.phone_key = $2::text RETURNING 1),
  grave AS (UPDATE ${tombstones} t SET complete = false WHERE t.tombstone = $3::text RETURNING 1)
  SELECT jsonb_build_object('armed', EXISTS (SELECT 1 FROM armed WHERE id = $4::text))::text AS answer`;
}

/** By a writer that was refused: what it may have overwritten will be written again. */
export function createVoidLedger<O>({ database, layout, scope }: StoreParts<O>) {
  const sql = voidSql(layout);
  return (phone: PhoneIdentity, orderId: string): ResultAsync<void, StoreError> =>
    database
      .ask(sql, [scope, phone.phoneKey, phone.tombstone, orderId], z.object({ armed: z.boolean() }))
      .andThen(({ armed }) =>
        armed
          ? ok(undefined)
          : err(rowMissing('The order to repeat is gone, or row-level security hides it.')),
      );
}
