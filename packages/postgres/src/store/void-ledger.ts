import type { PhoneIdentity, StoreError } from '@visanet/cbb-sync';
import { err, ok, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import { rowMissing } from '../client/store-errors.ts';
import type { Layout } from '../layout/layout.ts';
import { asKey, dueNow, newestFirst, patience } from './fragments.ts';
import { lockedOrHidden } from './locked-or-hidden.ts';
import type { StoreParts } from './store-parts.ts';

/** `$1` scope, `$2` phone key, `$3` tombstone, `$4` order. */
export function voidSql(layout: Layout): string {
  const { columns: c, state, ledger, key, tombstones } = layout;
  const own = asKey(layout, '$4');
  const counts = `s.${c.phoneKey} = $2::text AND s.${c.status} <> 'skipped'`;
  return `WITH ${patience},
  voided AS (
    UPDATE ${ledger} l SET voided = true, dirty = true, written_at = now() FROM patience
    WHERE l.scope = $1::text AND l.phone_key = $2::text RETURNING 1),
  grave AS (
    UPDATE ${tombstones} t SET complete = false FROM patience CROSS JOIN (SELECT count(*) FROM voided) first
    WHERE t.tombstone = $3::text RETURNING 1),
  mine AS MATERIALIZED (
    SELECT s.${key} AS id, s.${c.phoneKey} AS phone_key FROM ${state} s CROSS JOIN (SELECT count(*) FROM grave) first
    WHERE s.${key} = ${own} FOR NO KEY UPDATE OF s SKIP LOCKED),
  heir AS MATERIALIZED (
    SELECT s.${key} AS id FROM ${state} s CROSS JOIN (SELECT count(*) FROM grave) first WHERE ${counts} AND s.${key} <> ${own}
    ORDER BY ${newestFirst(layout)} LIMIT 1 FOR NO KEY UPDATE OF s SKIP LOCKED),
  armed AS (
    UPDATE ${state} s SET ${dueNow(layout)}
    WHERE s.${key} IN (SELECT id FROM mine UNION ALL SELECT id FROM heir) RETURNING 1)
  SELECT jsonb_build_object('known', EXISTS (SELECT 1 FROM ${state} s WHERE s.${key} = ${own}),
    'mine', EXISTS (SELECT 1 FROM mine), 'hidden', row_security_active(${layout.stateLiteral}),
    'locked', NOT EXISTS (SELECT 1 FROM heir) AND NOT EXISTS (SELECT 1 FROM mine WHERE mine.phone_key = $2::text)
      AND (EXISTS (SELECT 1 FROM (SELECT 1 FROM ${state} s WHERE ${counts} ORDER BY ${newestFirst(layout)} LIMIT 1) o)
        OR EXISTS (SELECT 1 FROM ${state} s WHERE s.${key} = ${own} AND s.${c.phoneKey} = $2::text)))::text AS answer`;
}

type VoidAnswer = 'voided' | 'locked';

/** By a writer that was refused: what it may have overwritten will be written again. */
export function createVoidLedger<O>(parts: StoreParts<O>) {
  const { database, layout, scope } = parts;
  const sql = voidSql(layout);
  const voidAnswer = z.object({
    known: z.boolean(),
    mine: z.boolean(),
    hidden: z.boolean(),
    locked: z.boolean(),
  });
  return (phone: PhoneIdentity, orderId: string): ResultAsync<VoidAnswer, StoreError> =>
    database
      .ask(sql, [scope, phone.phoneKey, phone.tombstone, orderId], voidAnswer)
      .andThen(({ known, mine, hidden, locked }) => {
        if (!known) return err(rowMissing('The order to repeat is gone, or row-level security hides it.'));
        const answer: VoidAnswer = locked ? 'locked' : 'voided';
        return mine
          ? ok<VoidAnswer, StoreError>(answer)
          : lockedOrHidden<O, VoidAnswer>(parts, hidden, answer);
      });
}
