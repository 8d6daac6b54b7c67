import type { ReleaseAnswer, ReleaseInput, StoreError } from '@visanet/cbb-sync';
import { ok, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import type { Layout } from '../layout/layout.ts';
import { appliedAssignments, appliedOrder } from './complete-sql.ts';
import { asKey, heldLedger, inMs, patience } from './fragments.ts';
import { ledgerAssignments, ledgerValue } from './ledger-write.ts';
import { lockedOrHidden } from './locked-or-hidden.ts';
import type { StoreParts } from './store-parts.ts';

const releaseAnswer = z.object({ released: z.boolean(), locked: z.boolean(), hidden: z.boolean() });

/** `$5` applied order, `$6` ledger, `$7` own order, `$8` its version, `$9`… what becomes of it. */
export function releaseSql(layout: Layout): string {
  const { columns: c, state, ledger, key } = layout;
  const at = { scope: '$1::text', key: '$2::text', token: '$3::text', tombstone: '$4::text' };
  const own = `s.${key} = ${asKey(layout, '$7')} AND s.${c.version} = $8::int`;
  return `WITH ${patience},
  ${heldLedger(layout, at)},
  ${appliedOrder(layout, '$5')},
  mine AS MATERIALIZED (
    SELECT s.${key} AS id FROM held CROSS JOIN ${state} s WHERE ${own} FOR NO KEY UPDATE OF s SKIP LOCKED),
  locked AS MATERIALIZED (
    SELECT 1 FROM held CROSS JOIN ${state} s WHERE ${own} AND NOT EXISTS (SELECT 1 FROM mine)),
  freed AS (
    UPDATE ${ledger} l SET ${ledgerAssignments('$6')}, ${appliedAssignments},
      left_order_id = (SELECT $7::text FROM locked)
    FROM held WHERE l.scope = ${at.scope} AND l.phone_key = ${at.key} RETURNING 1),
  written AS (
    UPDATE ${state} s SET ${c.status} = $9::text, ${c.error} = $11::text, ${c.claimedUntil} = NULL,
      ${c.dueAt} = CASE WHEN $9::text = 'pending' THEN now() + ${inMs('$10')} END,
      ${c.attempts} = s.${c.attempts} + CASE WHEN $12::boolean THEN 1 ELSE 0 END,
      ${c.failingSince} = CASE WHEN $13::boolean THEN COALESCE(s.${c.failingSince}, now()) ELSE s.${c.failingSince} END
    FROM mine WHERE s.${key} = mine.id RETURNING 1)
  SELECT jsonb_build_object('released', EXISTS (SELECT 1 FROM freed), 'locked', EXISTS (SELECT 1 FROM locked),
    'hidden', row_security_active(${layout.stateLiteral}))::text AS answer`;
}

/** Frees the lease with the job's order unfinished. */
export function createRelease<O>(parts: StoreParts<O>) {
  const { database, layout, scope } = parts;
  const sql = releaseSql(layout);
  return (input: ReleaseInput): ResultAsync<ReleaseAnswer, StoreError> => {
    const { phone, token, appliedOrderId, ledger, own } = input;
    const lease = [scope, phone.phoneKey, token, phone.tombstone];
    const order = [own.orderId, own.version, own.status, own.dueInMs, own.reason];
    return database
      .ask(
        sql,
        [...lease, appliedOrderId, ledgerValue(ledger), ...order, own.countsAttempt, own.failing],
        releaseAnswer,
      )
      .andThen(({ released, locked, hidden }) => {
        if (!released) return ok<ReleaseAnswer, StoreError>({ kind: 'lost' });
        const answer: ReleaseAnswer = { kind: 'released', locked };
        return locked ? lockedOrHidden(parts, hidden, answer) : ok(answer);
      });
  };
}
