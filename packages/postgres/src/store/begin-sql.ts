import type { Layout } from '../layout/layout.ts';
import { candidateList, mattering, matters } from './candidates-sql.ts';
import { asKey, candidateRow, ledgerView, patience } from './fragments.ts';
import { restOfLease, takeLease } from './lease-sql.ts';
import { findHeir, heirsLocked, leftPhone, passRepair } from './leave-phone-sql.ts';

/** The job's own order as the statement found it. */
export function ownOrder({ columns: c, state, key }: Layout, id: string): string {
  return `own AS MATERIALIZED (
    SELECT s.${key} AS id, s.${c.version} AS version, s.${c.phoneKey} AS phone_key
    FROM ${state} s CROSS JOIN patience WHERE s.${key} = ${id})`;
}

/** That order at its version, under a lock that waits for nobody, after the ledgers. */
export function lockOwn({ columns: c, state, key }: Layout, id: string, version: string): string {
  return `mine AS MATERIALIZED (
    SELECT s.${key} AS id, s.${c.status} AS status, s.${c.phoneKey} AS phone_key
    FROM ${state} s CROSS JOIN (SELECT count(*) FROM ledgers) l
    WHERE s.${key} = ${id} AND s.${c.version} = ${version} FOR NO KEY UPDATE OF s SKIP LOCKED)`;
}

/**
 * Ledgers of phones, locked before any order and in one order, so that nothing of ours deadlocks. Those of a phone that
 * the order has and of the one that it is to have: one of them may be missing.
 */
export function lockLedgers(layout: Layout, scope: string, phones: string): string {
  return `ledgers AS MATERIALIZED (
    SELECT l.* FROM ${layout.ledger} l CROSS JOIN own
    WHERE l.scope = ${scope} AND l.phone_key IN (${phones}) ORDER BY l.phone_key FOR UPDATE OF l)`;
}

/** `$1` scope, `$2` phone key, `$3` tombstone, `$4` bucket, `$5` order, `$6` version, `$7` lease, `$8` keys, `$9` resumes. */
export function beginSql(layout: Layout): string {
  const { columns: c, state, key, tombstones } = layout;
  const own = asKey(layout, '$5');
  const ledgers = `(SELECT * FROM ledgers WHERE phone_key = $2::text)`;
  const crashed = `EXISTS (SELECT 1 FROM ledgers l WHERE l.phone_key = $2::text AND l.lease_token IS NOT NULL
    AND l.lease_token::text IS DISTINCT FROM $9::text AND l.left_order_id IS DISTINCT FROM $5::text)`;
  return `WITH ${patience},
  grave AS MATERIALIZED (SELECT t.complete FROM ${tombstones} t WHERE t.tombstone = $3::text),
  ${ownOrder(layout, own)},
  ${lockLedgers(layout, '$1::text', '$2::text, own.phone_key')},
  ${lockOwn(layout, own, '$6::int')},
  leaving AS MATERIALIZED (
    SELECT l.phone_key AS key FROM mine CROSS JOIN ledgers l WHERE l.phone_key <> $2::text),
  ${findHeir(layout)},
  able AS MATERIALIZED (
    SELECT mine.* FROM mine WHERE NOT EXISTS (SELECT 1 FROM grave) AND NOT ${heirsLocked(layout)}),
  unkeyed AS MATERIALIZED (
    SELECT s.${key} AS id, k."phoneKey" AS key, k.bucket FROM able
    CROSS JOIN jsonb_to_recordset($8::jsonb) AS k("orderId" ${layout.keyType}, version int, "phoneKey" text, bucket smallint)
    JOIN ${state} s ON s.${key} = k."orderId" AND s.${c.version} = k.version
    WHERE s.${c.phoneKey} IS NULL AND s.${key} <> able.id
    FOR NO KEY UPDATE OF s SKIP LOCKED),
  keyed AS (
    UPDATE ${state} s SET ${c.phoneKey} = u.key, ${c.bucket} = u.bucket FROM unkeyed u
    WHERE s.${key} = u.id RETURNING u.key AS phone, ${candidateRow(layout)}),
  ${takeLease(layout, {
    scope: '$1::text',
    key: '$2::text',
    leaseMs: '$7',
    from: 'able',
    resumes: '$9::text',
    also: 'left_order_id = NULLIF(l.left_order_id, $5::text)',
  })},
  ${passRepair(layout, '$1::text', 'taken')},
  attempt AS (
    UPDATE ${state} s SET ${c.phoneKey} = $2::text, ${c.bucket} = $4::smallint, ${c.status} = 'syncing',
      ${c.attemptedAt} = now(), ${c.dueAt} = NULL, ${c.claimedUntil} = NULL,
      ${c.crashes} = s.${c.crashes} + CASE WHEN able.status = 'syncing' AND ${crashed} THEN 1 ELSE 0 END
    FROM able CROSS JOIN taken WHERE s.${key} = able.id RETURNING s.${c.crashes} AS crashes, ${candidateRow(layout)}),
  waiting AS (
    UPDATE ${state} s SET ${c.phoneKey} = $2::text, ${c.bucket} = $4::smallint
    FROM able WHERE s.${key} = able.id AND able.phone_key IS NULL AND NOT EXISTS (SELECT 1 FROM taken) RETURNING 1),
  ${matters(layout, { ledger: 'taken', unclean: 'l.unclean_shown', own })},
  -- Those that got their key here had none in the snapshot.
  siblings AS (
    ${mattering(layout, `WHERE m.id <> ${own}`)}
    UNION ALL SELECT k.rank, k.id, k.stored FROM keyed k CROSS JOIN taken WHERE k.phone = $2::text
    UNION ALL SELECT a.rank, a.id, a.stored FROM attempt a)
  SELECT jsonb_build_object(
    'known', EXISTS (SELECT 1 FROM own),
    'current', EXISTS (SELECT 1 FROM own WHERE version = $6::int),
    'erased', (SELECT CASE WHEN complete THEN 'complete' ELSE 'incomplete' END FROM grave),
    'able', EXISTS (SELECT 1 FROM able),
    'token', (SELECT lease_token FROM taken),
    'hidden', row_security_active(${layout.stateLiteral}),
    'retryAfterMs', ${restOfLease(ledgers, '$7')},
    'crashes', (SELECT crashes FROM attempt),
    'leftPhone', ${leftPhone},
    'snapshot', (SELECT jsonb_build_object('ledger', ${ledgerView('l.unclean_shown')},
      'candidates', ${candidateList(layout, 'SELECT * FROM siblings', 'taken', '$2::text')}) FROM taken l))::text AS answer`;
}
