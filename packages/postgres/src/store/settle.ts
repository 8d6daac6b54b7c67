import type { SettleAnswer, SettleInput, StoreError } from '@visanet/cbb-sync';
import { err, ok, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import { rowMissing } from '../client/store-errors.ts';
import type { Layout } from '../layout/layout.ts';
import { ownOrder } from './fragments.ts';
import { leftPhone, passRepair } from './pass-repair-sql.ts';
import { answers } from './read-orders.ts';
import type { StoreParts } from './store-parts.ts';

const settleAnswer = z.object({
  known: z.boolean(),
  current: z.boolean(),
  written: z.boolean(),
  leftPhone: answers.leftPhone.nullable(),
});

function settleSql(layout: Layout): string {
  const { columns: c, orders, ledger } = layout;
  return `WITH ${ownOrder(layout, '$2::text')},
  settled AS (
    UPDATE ${orders} o SET ${c.phoneKey} = $4::text, ${c.bucket} = $5::smallint,
      ${c.status} = CASE WHEN $6::text = 'pending' THEN o.${c.status} ELSE $6::text END,
      ${c.error} = CASE WHEN $6::text = 'pending' THEN o.${c.error} ELSE $7::text END,
      ${c.dueAt} = CASE WHEN $6::text = 'pending' THEN o.${c.dueAt} END,
      ${c.attemptedAt} = CASE WHEN $6::text = 'failed' THEN now() ELSE o.${c.attemptedAt} END
    FROM own WHERE o.${c.orderId} = own.id AND own.version = $3::int RETURNING 1),
  repairable AS MATERIALIZED (
    SELECT own.phone_key AS key FROM own WHERE own.version = $3::int AND own.phone_key IS NOT NULL
      AND (own.phone_key IS DISTINCT FROM $4::text OR ($6::text <> 'pending' AND EXISTS (
        SELECT 1 FROM ${ledger} l
        WHERE l.scope = $1::text AND l.phone_key = own.phone_key AND (l.repair OR l.voided))))),
  ${passRepair(layout, '$1::text')}
  SELECT jsonb_build_object('known', EXISTS (SELECT 1 FROM own),
    'current', EXISTS (SELECT 1 FROM own WHERE version = $3::int),
    'written', EXISTS (SELECT 1 FROM settled), 'leftPhone',
      (SELECT CASE WHEN own.phone_key IS DISTINCT FROM $4::text THEN ${leftPhone} ELSE 'none' END FROM own))::text AS answer`;
}

/** Ends the sync of an order that needs no lease. */
export function createSettle<O>({ database, layout, scope }: StoreParts<O>) {
  const sql = settleSql(layout);
  return (input: SettleInput): ResultAsync<SettleAnswer, StoreError> => {
    const { orderId, version, phone, status, reason } = input;
    const values = [scope, orderId, version, phone?.phoneKey ?? null, phone?.bucket ?? null, status, reason];
    return database.ask(sql, values, settleAnswer).andThen((answer) => {
      if (!answer.known)
        return err(rowMissing('The order to settle is gone, or row-level security hides it.'));
      if (!answer.current) return ok({ kind: 'changed' } as const);
      if (!answer.written) return err(rowMissing('The settled order could not be written.'));
      return ok({ kind: 'settled', leftPhone: answer.leftPhone ?? 'none' } as const);
    });
  };
}
