import type { SettleAnswer, SettleInput, StoreError } from '@visanet/cbb-sync';
import { err, ok, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import { rowMissing } from '../client/store-errors.ts';
import type { Layout } from '../layout/layout.ts';
import { lockLedgers, lockOwn, ownOrder } from './begin-sql.ts';
import { asKey, patience } from './fragments.ts';
import { findHeir, heirsLocked, leftPhone, passRepair } from './leave-phone-sql.ts';
import { lockedOrHidden } from './locked-or-hidden.ts';
import { answers } from './read-orders.ts';
import type { StoreParts } from './store-parts.ts';

const settleAnswer = z.object({
  known: z.boolean(),
  current: z.boolean(),
  able: z.boolean(),
  settled: z.boolean(),
  hidden: z.boolean(),
  leftPhone: answers.leftPhone,
});

/** `$1` scope, `$2` order, `$3` version, `$4` status, `$5` reason, `$6` phone stays, `$7` phone key, `$8` bucket. */
export function settleSql(layout: Layout): string {
  const { columns: c, state, key } = layout;
  const id = asKey(layout, '$2');
  return `WITH ${patience},
  ${ownOrder(layout, id)},
  ${lockLedgers(layout, '$1::text', 'own.phone_key')},
  ${lockOwn(layout, id, '$3::int')},
  leaving AS MATERIALIZED (
    SELECT l.phone_key AS key FROM mine CROSS JOIN ledgers l
    WHERE NOT $6::boolean AND l.phone_key IS DISTINCT FROM $7::text),
  ${findHeir(layout)},
  able AS MATERIALIZED (SELECT mine.* FROM mine WHERE NOT ${heirsLocked(layout)}),
  -- The contact may hold what no order accounts for, or a holder is at it and may leave it so.
  unsettled AS MATERIALIZED (
    SELECT 1 FROM ledgers l WHERE $4::text <> 'pending' AND NOT EXISTS (SELECT 1 FROM leaving)
      AND (l.applied_hashes IS NOT NULL OR l.repair OR l.voided OR l.unclean)),
  settled AS (
    UPDATE ${state} s SET
      ${c.phoneKey} = CASE WHEN $6::boolean THEN s.${c.phoneKey} ELSE $7::text END,
      ${c.bucket} = CASE WHEN $6::boolean THEN s.${c.bucket} ELSE $8::smallint END,
      ${c.status} = CASE WHEN $4::text = 'pending' THEN s.${c.status} ELSE $4::text END,
      ${c.error} = CASE WHEN $4::text = 'pending' THEN s.${c.error} ELSE $5::text END,
      ${c.dueAt} = CASE WHEN $4::text = 'pending' THEN s.${c.dueAt} END,
      ${c.attemptedAt} = CASE WHEN $4::text = 'failed' THEN now() ELSE s.${c.attemptedAt} END
    FROM able WHERE s.${key} = able.id AND NOT EXISTS (SELECT 1 FROM unsettled) RETURNING 1),
  ${passRepair(layout, '$1::text', 'settled')}
  SELECT jsonb_build_object('known', EXISTS (SELECT 1 FROM own),
    'current', EXISTS (SELECT 1 FROM own WHERE version = $3::int), 'able', EXISTS (SELECT 1 FROM able),
    'settled', EXISTS (SELECT 1 FROM settled), 'hidden', row_security_active(${layout.stateLiteral}),
    'leftPhone', ${leftPhone})::text AS answer`;
}

/** Ends the sync of an order that needs no lease. */
export function createSettle<O>(parts: StoreParts<O>) {
  const { database, layout, scope } = parts;
  const sql = settleSql(layout);
  return (input: SettleInput): ResultAsync<SettleAnswer, StoreError> => {
    const { orderId, version, phone, status, reason } = input;
    const key = phone === 'unchanged' ? null : phone;
    const order = [scope, orderId, version, status, reason];
    const values = [...order, phone === 'unchanged', key?.phoneKey ?? null, key?.bucket ?? null];
    return database.ask(sql, values, settleAnswer).andThen((answer) => {
      if (!answer.known)
        return err(rowMissing('The order to settle is gone, or row-level security hides it.'));
      if (!answer.current) return ok<SettleAnswer, StoreError>({ kind: 'changed' });
      if (!answer.able) return lockedOrHidden(parts, answer.hidden, { kind: 'locked' } as const);
      if (!answer.settled) return ok<SettleAnswer, StoreError>({ kind: 'unsettled' });
      return ok<SettleAnswer, StoreError>({ kind: 'settled', leftPhone: answer.leftPhone });
    });
  };
}
