import type { Layout } from '../layout/layout.ts';
import { candidateList, candidateRow, held, ledgerView, noGrave, rankText } from './fragments.ts';
import { ledgerAssignments } from './ledger-write.ts';

const at = { scope: '$1::text', key: '$2::text', token: '$3::text' };

/** `$4` tombstone, `$5` seen versions, `$6` applied order, `$7` ledger, `$8` outcomes. Writes all or nothing. */
export function completeSql(layout: Layout): string {
  const { columns: c, orders, ledger } = layout;
  return `WITH locked AS MATERIALIZED (
    SELECT o.${c.orderId}::text AS id, o.${c.version}::int AS version, ${rankText(layout)} AS rank
    FROM ${orders} o WHERE o.${c.phoneKey} = ${at.key} ORDER BY o.${c.orderId} FOR NO KEY UPDATE),
  seen AS MATERIALIZED (
    SELECT s."orderId" AS id, s.version FROM jsonb_to_recordset($5::jsonb) AS s("orderId" text, version int)),
  same AS MATERIALIZED (
    SELECT 1 WHERE NOT EXISTS (SELECT id, version FROM locked EXCEPT SELECT id, version FROM seen)
      AND NOT EXISTS (SELECT id, version FROM seen EXCEPT SELECT id, version FROM locked)),
  applied AS MATERIALIZED (SELECT id, rank FROM locked WHERE id = $6::text),
  finished AS (
    UPDATE ${ledger} l SET ${ledgerAssignments('$7')},
      applied_order_id = COALESCE((SELECT id FROM applied), l.applied_order_id),
      applied_rank = CASE WHEN EXISTS (SELECT 1 FROM applied) THEN (SELECT rank FROM applied) ELSE l.applied_rank END,
      repair = l.repair AND NOT EXISTS (SELECT 1 FROM applied)
    FROM same WHERE ${held(at)} AND NOT l.dirty AND ${noGrave(layout, '$4::text')} RETURNING 1),
  written AS (
    UPDATE ${orders} o SET ${c.status} = w.status, ${c.error} = w.reason, ${c.dueAt} = NULL,
      ${c.attempts} = 0, ${c.crashes} = 0, ${c.completedAt} = now(),
      ${c.contactId} = COALESCE(w.contact ->> 'contactId', o.${c.contactId}),
      ${c.contactExists} = COALESCE((w.contact ->> 'existed')::boolean, o.${c.contactExists}),
      ${c.hasWhatsApp} = CASE WHEN jsonb_typeof(w.contact) = 'object'
        THEN (w.contact ->> 'hasWhatsApp')::boolean ELSE o.${c.hasWhatsApp} END
    FROM finished CROSS JOIN jsonb_to_recordset($8::jsonb)
      AS w("orderId" text, version int, status text, reason text, contact jsonb)
    WHERE o.${c.orderId} = w."orderId" AND o.${c.version} = w.version RETURNING 1)
  SELECT jsonb_build_object('finished', EXISTS (SELECT 1 FROM finished),
    'written', (SELECT count(*) FROM written))::text AS answer`;
}

/** Why a completion was refused: the state as it is now, with the dirty mark taken into it; or no lease. */
export function againSql(layout: Layout): string {
  const { columns: c, orders, ledger } = layout;
  return `WITH renewed AS (
    UPDATE ${ledger} l SET dirty = false, unclean_shown = l.voided, voided = false
    WHERE ${held(at)} AND ${noGrave(layout, '$4::text')} RETURNING l.*),
  siblings AS (
    SELECT s.rank, s.id, s.stored FROM renewed CROSS JOIN LATERAL (
      SELECT ${candidateRow(layout)} FROM ${orders} o WHERE o.${c.phoneKey} = renewed.phone_key FOR KEY SHARE) s)
  SELECT jsonb_build_object('snapshot', (SELECT jsonb_build_object('ledger', ${ledgerView('l.unclean_shown')},
    'candidates', ${candidateList(layout, 'SELECT * FROM siblings', 'renewed')}) FROM renewed l))::text AS answer`;
}
