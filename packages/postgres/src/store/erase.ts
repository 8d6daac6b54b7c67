import type { EraseBegin, PhoneIdentity, StoreError } from '@visanet/cbb-sync';
import { err, ok, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import { misconfigured } from '../client/store-errors.ts';
import type { Layout } from '../layout/layout.ts';
import { freshToken, restOfLease, takeLease } from './begin-sql.ts';
import { held, newestFirst } from './fragments.ts';
import type { StoreParts } from './store-parts.ts';

function beginEraseSql(layout: Layout): string {
  const { columns: c, orders, tombstones } = layout;
  const at = { scope: '$1::text', key: '$2::text', leaseMs: '$4' };
  return `WITH witness AS MATERIALIZED (
    SELECT o.${c.orderId} AS id FROM ${orders} o WHERE o.${c.phoneKey} = $2::text
    ORDER BY ${newestFirst(layout)} LIMIT 1 FOR NO KEY UPDATE),
  ${freshToken},
  ${takeLease(layout, at, 'fresh CROSS JOIN (SELECT count(*) FROM witness) locked', 'l.dirty')},
  grave AS (
    INSERT INTO ${tombstones} AS t (tombstone, complete) SELECT $3::text, false FROM taken
    ON CONFLICT (tombstone) DO UPDATE SET complete = false RETURNING 1),
  kept AS (
    UPDATE ${orders} o SET ${c.status} = 'pending', ${c.dueAt} = taken.lease_expires_at
    FROM witness CROSS JOIN taken WHERE o.${c.orderId} = witness.id RETURNING 1)
  SELECT jsonb_build_object('token', (SELECT lease_token FROM taken), 'buried', EXISTS (SELECT 1 FROM grave),
    'retryAfterMs', ${restOfLease})::text AS answer`;
}

function completeEraseSql(layout: Layout): string {
  const { columns: c, orders, ledger, tombstones } = layout;
  const at = { scope: '$1::text', key: '$2::text', token: '$4::text' };
  return `WITH locked AS MATERIALIZED (
    SELECT o.${c.orderId} AS id FROM ${orders} o WHERE o.${c.phoneKey} = $2::text
    ORDER BY o.${c.orderId} FOR NO KEY UPDATE),
  gone AS (
    DELETE FROM ${ledger} l USING (SELECT count(*) FROM locked) n WHERE ${held(at)} RETURNING l.voided),
  -- A stale writer may have written after the erasure: then it stays incomplete, and the order made due repeats it.
  grave AS (UPDATE ${tombstones} t SET complete = NOT gone.voided FROM gone WHERE t.tombstone = $3::text RETURNING 1),
  emptied AS (
    UPDATE ${orders} o SET ${c.phoneKey} = NULL, ${c.bucket} = NULL, ${c.contactId} = NULL,
      ${c.contactExists} = NULL, ${c.hasWhatsApp} = NULL, 
      ${c.status} = CASE WHEN o.${c.status} IN ('pending', 'syncing') THEN 'pending' ELSE 'skipped' END,
      ${c.error} = CASE WHEN o.${c.status} IN ('pending', 'syncing') THEN o.${c.error} ELSE 'erased' END,
      ${c.dueAt} = CASE WHEN o.${c.status} IN ('pending', 'syncing') THEN now() END
    FROM locked CROSS JOIN gone WHERE o.${c.orderId} = locked.id RETURNING 1)
  SELECT jsonb_build_object('completed', EXISTS (SELECT 1 FROM grave))::text AS answer`;
}

/** Takes the lease of a phone for its erasure. */
export function createBeginErase<O>({ database, layout, scope }: StoreParts<O>) {
  const sql = beginEraseSql(layout);
  const answer = z.object({
    token: z.string().nullable(),
    buried: z.boolean(),
    retryAfterMs: z.number().nullable(),
  });
  return (phone: PhoneIdentity, leaseMs: number): ResultAsync<EraseBegin, StoreError> =>
    database
      .ask(sql, [scope, phone.phoneKey, phone.tombstone, leaseMs], answer)
      .andThen(({ token, buried, retryAfterMs }) => {
        if (token === null) return ok({ kind: 'busy', retryAfterMs: retryAfterMs ?? 0 } as const);
        return buried
          ? ok({ kind: 'acquired', token } as const)
          : err(misconfigured('The tombstone of an erasure could not be written.'));
      });
}

/** Ends an erasure: what is left of the contact is the tombstone. */
export function createCompleteErase<O>({ database, layout, scope }: StoreParts<O>) {
  const sql = completeEraseSql(layout);
  return (phone: PhoneIdentity, token: string): ResultAsync<'completed' | 'lost', StoreError> =>
    database
      .ask(sql, [scope, phone.phoneKey, phone.tombstone, token], z.object({ completed: z.boolean() }))
      .map(({ completed }) => (completed ? 'completed' : 'lost'));
}
