import type { Layout } from '../layout/layout.ts';
import { candidateList, mattering, matters } from './candidates-sql.ts';
import {
  asKey,
  candidateRow,
  heldLedger,
  idText,
  isHeld,
  ledgerView,
  patience,
  rankOf,
  rankText,
  unfinished,
} from './fragments.ts';
import { ledgerAssignments } from './ledger-write.ts';

const at = { scope: '$1::text', key: '$2::text', token: '$3::text', tombstone: '$4::text' };

/** The order that is applied from now on, as a part `applied`. */
export function appliedOrder(layout: Layout, id: string): string {
  return `applied AS MATERIALIZED (
    SELECT ${idText(layout)} AS id, ${rankText(rankOf(layout))} AS rank FROM ${layout.state} s
    WHERE s.${layout.key} = ${asKey(layout, id)})`;
}

export const appliedAssignments = `applied_order_id = COALESCE((SELECT id FROM applied), l.applied_order_id),
      applied_rank = CASE WHEN EXISTS (SELECT 1 FROM applied) THEN (SELECT rank FROM applied) ELSE l.applied_rank END`;

/** `$5` seen versions, `$6` applied order, `$7` ledger, `$8` outcomes, `$9` own order, `$10` orphaned. */
export function completeSql(layout: Layout): string {
  const { columns: c, state, ledger, key, keyType } = layout;
  return `WITH ${patience},
  ${heldLedger(layout, at)},
  seen AS MATERIALIZED (
    SELECT s."orderId" AS id, s.version FROM jsonb_to_recordset($5::jsonb) AS s("orderId" ${keyType}, version int)),
  same AS MATERIALIZED (
    SELECT 1 FROM held WHERE NOT held.dirty
      AND NOT EXISTS (SELECT 1 FROM seen WHERE NOT EXISTS (SELECT 1 FROM ${state} s
        WHERE s.${key} = seen.id AND s.${c.version} = seen.version AND s.${c.phoneKey} = ${at.key}))
      AND NOT EXISTS (SELECT 1 FROM ${state} s
        WHERE s.${c.phoneKey} = ${at.key} AND ${unfinished(layout)} AND s.${key} NOT IN (SELECT id FROM seen))),
  ${appliedOrder(layout, '$6')},
  outcomes AS MATERIALIZED (
    SELECT w.* FROM jsonb_to_recordset($8::jsonb)
      AS w("orderId" ${keyType}, version int, status text, reason text, contact jsonb) CROSS JOIN same),
  mine AS MATERIALIZED (
    SELECT s.${key} AS id FROM outcomes w JOIN ${state} s ON s.${key} = w."orderId" AND s.${c.version} = w.version
    ORDER BY s.${key} FOR NO KEY UPDATE OF s SKIP LOCKED),
  locked AS MATERIALIZED (SELECT w."orderId" AS id FROM outcomes w WHERE w."orderId" NOT IN (SELECT id FROM mine)),
  finished AS (
    UPDATE ${ledger} l SET ${ledgerAssignments('$7')}, ${appliedAssignments},
      repair = l.repair AND NOT EXISTS (SELECT 1 FROM applied), orphaned = $10::boolean,
      left_order_id = (SELECT $9::text FROM locked WHERE locked.id = ${asKey(layout, '$9')})
    FROM same WHERE l.scope = ${at.scope} AND l.phone_key = ${at.key} RETURNING 1),
  written AS (
    UPDATE ${state} s SET ${c.status} = w.status, ${c.error} = w.reason, ${c.dueAt} = NULL, ${c.claimedUntil} = NULL,
      ${c.attempts} = 0, ${c.crashes} = 0, ${c.failingSince} = NULL, ${c.completedAt} = now(),
      ${c.contactId} = COALESCE(w.contact ->> 'contactId', s.${c.contactId}),
      ${c.contactExists} = COALESCE((w.contact ->> 'existed')::boolean, s.${c.contactExists}),
      ${c.hasWhatsApp} = CASE WHEN jsonb_typeof(w.contact) = 'object'
        THEN (w.contact ->> 'hasWhatsApp')::boolean ELSE s.${c.hasWhatsApp} END
    FROM outcomes w JOIN mine ON mine.id = w."orderId" WHERE s.${key} = mine.id RETURNING 1)
  SELECT jsonb_build_object('finished', EXISTS (SELECT 1 FROM finished),
    'locked', (SELECT COALESCE(jsonb_agg(id::text), '[]'::jsonb) FROM locked),
    'hidden', row_security_active(${layout.stateLiteral}))::text AS answer`;
}

/**
 * Why a completion was refused: the state as it is now, with the dirty mark taken into it; or no lease. `$5` own order.
 */
export function againSql(layout: Layout): string {
  const { columns: c, state, ledger, key, tombstones } = layout;
  const own = asKey(layout, '$5');
  return `WITH ${patience},
  renewed AS (
    UPDATE ${ledger} l SET dirty = false, unclean_shown = l.voided, voided = false FROM patience
    WHERE ${isHeld(at)} AND NOT EXISTS (SELECT 1 FROM ${tombstones} t WHERE t.tombstone = ${at.tombstone}) RETURNING l.*),
  ${matters(layout, { ledger: 'renewed', unclean: 'l.unclean_shown', own })},
  siblings AS (
    ${mattering(layout, `WHERE m.id <> ${own}`)}
    UNION ALL SELECT ${candidateRow(layout)} FROM ${state} s JOIN renewed l ON s.${c.phoneKey} = l.phone_key
    WHERE s.${key} = ${own})
  SELECT jsonb_build_object('snapshot', (SELECT jsonb_build_object('ledger', ${ledgerView('l.unclean_shown')},
    'candidates', ${candidateList(layout, 'SELECT * FROM siblings', 'renewed', at.key)}) FROM renewed l))::text AS answer`;
}
