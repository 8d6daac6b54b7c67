import type { EraseBegin, PhoneIdentity, StoreError } from '@visanet/cbb-sync';
import { ok, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import type { Layout } from '../layout/layout.ts';
import { dueAt, isHeld, newestFirst, patience } from './fragments.ts';
import { restOfLease, takeLease } from './lease-sql.ts';
import { lockedOrHidden } from './locked-or-hidden.ts';
import type { StoreParts } from './store-parts.ts';

/** `$1` scope, `$2` phone key, `$3` tombstone, `$4` lease. */
export function beginEraseSql(layout: Layout): string {
  const { columns: c, state, key, ledger, tombstones } = layout;
  const newest = (skipped: string, from: string) => `SELECT s.${key} AS id FROM ${state} s CROSS JOIN ${from}
    WHERE s.${c.phoneKey} = $2::text AND s.${c.status} ${skipped}
    ORDER BY ${newestFirst(layout)} LIMIT 1 FOR NO KEY UPDATE OF s SKIP LOCKED`;
  return `WITH ${patience},
  ${takeLease(layout, { scope: '$1::text', key: '$2::text', leaseMs: '$4', from: 'patience' })},
  grave AS (
    INSERT INTO ${tombstones} AS t (tombstone, complete) SELECT $3::text, false FROM taken
    ON CONFLICT (tombstone) DO UPDATE SET complete = false RETURNING 1),
  -- One of its orders repeats an erasure that breaks off; in two parts, so that each has its index.
  witness AS MATERIALIZED (${newest("<> 'skipped'", 'grave')}),
  skipped AS MATERIALIZED (${newest("= 'skipped'", '(SELECT 1 FROM grave WHERE NOT EXISTS (SELECT 1 FROM witness)) buried')}),
  kept AS (
    UPDATE ${state} s SET ${dueAt(c, 'taken.lease_expires_at')}
    FROM taken CROSS JOIN (SELECT id FROM witness UNION ALL SELECT id FROM skipped) w WHERE s.${key} = w.id RETURNING 1)
  SELECT jsonb_build_object('token', (SELECT lease_token FROM taken), 'retryAfterMs', ${restOfLease(
    `(SELECT l.* FROM ${ledger} l WHERE l.scope = $1::text AND l.phone_key = $2::text)`,
    '$4',
  )})::text AS answer`;
}

/** `$1` scope, `$2` phone key, `$3` tombstone, `$4` token. */
export function completeEraseSql(layout: Layout): string {
  const { columns: c, state, key, ledger, history, tombstones } = layout;
  const at = { scope: '$1::text', key: '$2::text', token: '$4::text' };
  const waits = `s.${c.status} IN ('pending', 'syncing')`;
  const ofPhone = (skipped: string) => `SELECT s.${key} AS id FROM ${state} s CROSS JOIN held
    WHERE s.${c.phoneKey} = $2::text AND s.${c.status} ${skipped}`;
  return `WITH ${patience},
  held AS MATERIALIZED (SELECT l.voided FROM ${ledger} l CROSS JOIN patience WHERE ${isHeld(at)} FOR UPDATE OF l),
  phone AS MATERIALIZED (${ofPhone("<> 'skipped'")} UNION ALL ${ofPhone("= 'skipped'")}),
  mine AS MATERIALIZED (
    SELECT s.${key} AS id FROM phone p JOIN ${state} s ON s.${key} = p.id ORDER BY s.${key}
    FOR NO KEY UPDATE OF s SKIP LOCKED),
  locked AS MATERIALIZED (SELECT p.id FROM phone p WHERE p.id NOT IN (SELECT id FROM mine)),
  gone AS (
    DELETE FROM ${ledger} l USING held
    WHERE l.scope = $1::text AND l.phone_key = $2::text AND NOT EXISTS (SELECT 1 FROM locked) RETURNING held.voided),
  forgotten AS (DELETE FROM ${history} h USING gone WHERE h.phone_key = $2::text RETURNING 1),
  -- A stale writer may have written after the erasure: then it stays incomplete, and the order made due repeats it.
  grave AS (UPDATE ${tombstones} t SET complete = NOT gone.voided FROM gone WHERE t.tombstone = $3::text RETURNING 1),
  emptied AS (
    UPDATE ${state} s SET ${c.phoneKey} = NULL, ${c.bucket} = NULL, ${c.contactId} = NULL,
      ${c.contactExists} = NULL, ${c.hasWhatsApp} = NULL, ${c.claimedUntil} = NULL,
      ${c.status} = CASE WHEN ${waits} THEN 'pending' ELSE 'skipped' END,
      ${c.error} = CASE WHEN ${waits} THEN s.${c.error} ELSE 'erased' END,
      ${c.dueAt} = CASE WHEN ${waits} THEN now() END
    FROM mine CROSS JOIN gone WHERE s.${key} = mine.id RETURNING 1)
  SELECT jsonb_build_object('completed', EXISTS (SELECT 1 FROM gone), 'held', EXISTS (SELECT 1 FROM held),
    'hidden', row_security_active(${layout.stateLiteral}))::text AS answer`;
}

/** Takes the lease of a phone for its erasure. */
export function createBeginErase<O>({ database, layout, scope }: StoreParts<O>) {
  const sql = beginEraseSql(layout);
  const answer = z.object({ token: z.string().nullable(), retryAfterMs: z.number() });
  return (phone: PhoneIdentity, leaseMs: number): ResultAsync<EraseBegin, StoreError> =>
    database
      .ask(sql, [scope, phone.phoneKey, phone.tombstone, leaseMs], answer)
      .map(({ token, retryAfterMs }) =>
        token === null ? { kind: 'busy', retryAfterMs } : { kind: 'acquired', token },
      );
}

/** Ends an erasure: what is left of the contact is the tombstone. */
export function createCompleteErase<O>(parts: StoreParts<O>) {
  const { database, layout, scope } = parts;
  const sql = completeEraseSql(layout);
  const answer = z.object({ completed: z.boolean(), held: z.boolean(), hidden: z.boolean() });
  type Answer = 'completed' | 'lost' | 'locked';
  return (phone: PhoneIdentity, token: string): ResultAsync<Answer, StoreError> =>
    database
      .ask(sql, [scope, phone.phoneKey, phone.tombstone, token], answer)
      .andThen(({ completed, held, hidden }) => {
        if (completed) return ok<Answer, StoreError>('completed');
        return held ? lockedOrHidden<O, Answer>(parts, hidden, 'locked') : ok<Answer, StoreError>('lost');
      });
}
