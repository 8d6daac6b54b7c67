import type { Layout } from '../layout/layout.ts';
import { candidateList, candidateRow, inMs, ledgerView, ownOrder } from './fragments.ts';
import { leftPhone, passRepair } from './pass-repair-sql.ts';

const free = '(l.lease_token IS NULL OR l.lease_expires_at <= now())';

/**
 * Takes the lease where it is free; where it is held, leaves the holder its row but for the `held` assignments.
 * Without a condition on the conflict, so that also a row that came after the statement's snapshot is seen.
 */
export function takeLease(
  layout: Layout,
  at: { scope: string; key: string; leaseMs: string },
  source: string,
  busy: string,
) {
  return `lease AS (
    INSERT INTO ${layout.ledger} AS l (scope, phone_key, lease_token, lease_expires_at, unclean)
    SELECT ${at.scope}, ${at.key}, fresh.token, now() + ${inMs(at.leaseMs)}, true FROM ${source}
    ON CONFLICT (scope, phone_key) DO UPDATE SET
      lease_token = CASE WHEN ${free} THEN EXCLUDED.lease_token ELSE l.lease_token END,
      lease_expires_at = CASE WHEN ${free} THEN EXCLUDED.lease_expires_at ELSE l.lease_expires_at END,
      unclean_shown = CASE WHEN ${free} THEN l.unclean OR l.voided ELSE l.unclean_shown END,
      unclean = l.unclean OR ${free},
      voided = l.voided AND NOT ${free},
      orphaned = l.orphaned AND NOT ${free},
      dirty = CASE WHEN ${free} THEN false ELSE ${busy} END
    RETURNING l.*),
  taken AS MATERIALIZED (SELECT lease.* FROM lease JOIN fresh ON lease.lease_token = fresh.token)`;
}

export const freshToken = 'fresh AS MATERIALIZED (SELECT gen_random_uuid() AS token)';

/** Milliseconds that a busy lease still lasts. */
export const restOfLease = `(SELECT GREATEST(0, EXTRACT(EPOCH FROM lease.lease_expires_at - now()) * 1000) FROM lease)`;

/** `$1` scope, `$2` phone key, `$3` tombstone, `$4` bucket, `$5` order, `$6` version, `$7` lease, `$8` keys. */
export function beginSql(layout: Layout): string {
  const { columns: c, orders, tombstones } = layout;
  const at = { scope: '$1::text', key: '$2::text', leaseMs: '$7' };
  return `WITH ${ownOrder(layout, '$5::text')},
  grave AS MATERIALIZED (SELECT t.complete FROM ${tombstones} t WHERE t.tombstone = $3::text),
  ${freshToken},
  able AS MATERIALIZED (
    SELECT own.* FROM own WHERE own.version = $6::int AND NOT EXISTS (SELECT 1 FROM grave)),
  unkeyed AS MATERIALIZED (
    SELECT o.${c.orderId} AS id, k."phoneKey" AS key, k.bucket FROM able
    CROSS JOIN jsonb_to_recordset($8::jsonb) AS k("orderId" text, version int, "phoneKey" text, bucket smallint)
    JOIN ${orders} o ON o.${c.orderId} = k."orderId" AND o.${c.version} = k.version
    WHERE o.${c.phoneKey} IS NULL AND o.${c.orderId} <> able.id
    FOR NO KEY UPDATE OF o SKIP LOCKED),
  keyed AS (
    UPDATE ${orders} o SET ${c.phoneKey} = u.key, ${c.bucket} = u.bucket FROM unkeyed u
    WHERE o.${c.orderId} = u.id RETURNING u.key, ${candidateRow(layout)}),
  ${takeLease(layout, at, 'able CROSS JOIN fresh', 'true')},
  repairable AS MATERIALIZED (SELECT own.phone_key AS key FROM own CROSS JOIN taken
    WHERE own.phone_key IS NOT NULL AND own.phone_key <> $2::text),
  ${passRepair(layout, '$1::text')},
  attempt AS (
    UPDATE ${orders} o SET ${c.phoneKey} = $2::text, ${c.bucket} = $4::smallint, ${c.status} = 'syncing',
      ${c.attemptedAt} = now(), ${c.dueAt} = NULL,
      ${c.crashes} = o.${c.crashes} + CASE WHEN o.${c.status} = 'syncing' THEN 1 ELSE 0 END
    FROM taken WHERE o.${c.orderId} = $5::text RETURNING o.${c.crashes} AS crashes, ${candidateRow(layout)}),
  waiting AS (
    UPDATE ${orders} o SET
      ${c.phoneKey} = COALESCE(o.${c.phoneKey}, $2::text),
      ${c.bucket} = CASE WHEN o.${c.phoneKey} IS NULL THEN $4::smallint ELSE o.${c.bucket} END,
      ${c.dueAt} = CASE WHEN o.${c.status} IN ('pending', 'syncing') THEN lease.lease_expires_at ELSE o.${c.dueAt} END
    FROM lease WHERE o.${c.orderId} = $5::text AND NOT EXISTS (SELECT 1 FROM taken) RETURNING 1),
  siblings AS (
    SELECT s.rank, s.id, s.stored FROM taken CROSS JOIN LATERAL (
      SELECT ${candidateRow(layout)} FROM ${orders} o
      WHERE o.${c.phoneKey} = taken.phone_key AND o.${c.orderId} <> $5::text FOR KEY SHARE) s
    UNION ALL SELECT keyed.rank, keyed.id, keyed.stored FROM keyed CROSS JOIN taken WHERE keyed.key = $2::text
    UNION ALL SELECT rank, id, stored FROM attempt)
  SELECT jsonb_build_object(
    'known', EXISTS (SELECT 1 FROM own),
    'current', EXISTS (SELECT 1 FROM own WHERE version = $6::int),
    'erased', (SELECT CASE WHEN complete THEN 'complete' ELSE 'incomplete' END FROM grave),
    'token', (SELECT lease_token FROM taken),
    'written', EXISTS (SELECT 1 FROM attempt) OR EXISTS (SELECT 1 FROM waiting),
    'retryAfterMs', ${restOfLease},
    'crashes', (SELECT crashes FROM attempt),
    'leftPhone', ${leftPhone},
    'snapshot', (SELECT jsonb_build_object('ledger', ${ledgerView('l.unclean_shown')},
      'candidates', ${candidateList(layout, 'SELECT * FROM siblings', 'taken')}) FROM taken l))::text AS answer`;
}
