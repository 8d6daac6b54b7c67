import type { Snapshot, StoreError } from '@visanet/cbb-sync';
import { err, ok, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import { rowMissing } from '../client/store-errors.ts';
import type { Layout } from '../layout/layout.ts';
import { isKnown } from './arm.ts';
import { candidateList, mattering, matters } from './candidates-sql.ts';
import { asKey, ledgerView, rankOf } from './fragments.ts';
import { orderOrHistory } from './load.ts';
import { answers, readSnapshot } from './read-orders.ts';
import type { StoreParts } from './store-parts.ts';

/** `$1` scope, `$2` order, `$3` phone key. */
export function peekSql(layout: Layout): string {
  const { state, orders, ledger, key, beside, columns: c } = layout;
  const own = asKey(layout, '$2');
  const rank = beside
    ? `COALESCE((SELECT ${rankOf(layout)} FROM ${state} s WHERE s.${key} = ${own}), o.${c.rank})`
    : rankOf(layout, 'o');
  const self = `SELECT ${rank} AS rank, o.${c.orderId}::text AS id, (${orderOrHistory(layout, own)}) AS stored
    FROM ${orders} o WHERE o.${c.orderId} = ${own}`;
  // A phone that has no ledger yet is one of an empty ledger.
  return `WITH known AS MATERIALIZED (
    SELECT p.phone_key, l.contact, l.hashes, l.applied_hashes, l.identity, l.whatsapp, l.whatsapp_at, l.verified_at,
      l.applied_order_id, l.applied_rank, l.unclean, l.voided, l.repair
    FROM (SELECT $3::text AS phone_key) p LEFT JOIN ${ledger} l ON l.scope = $1::text AND l.phone_key = p.phone_key),
  ${matters(layout, { ledger: 'known', unclean: 'l.unclean OR l.voided', own: null })},
  siblings AS (${mattering(layout, `WHERE m.id <> ${own}`)} UNION ALL ${self})
  SELECT jsonb_build_object('known', ${isKnown(layout, own)}, 'snapshot', (SELECT jsonb_build_object(
      'ledger', ${ledgerView('l.unclean OR l.voided')},
      'candidates', ${candidateList(layout, 'SELECT * FROM siblings', 'known', '$3::text')}) FROM known l))::text AS answer`;
}

/** What a sync of the order would see. */
export function createPeek<O>({ database, layout, scope, mapping }: StoreParts<O>) {
  const sql = peekSql(layout);
  const peekAnswer = z.object({ known: z.boolean(), snapshot: answers.snapshot });
  return (orderId: string, phoneKey: string): ResultAsync<Snapshot<O>, StoreError> =>
    database
      .ask(sql, [scope, orderId, phoneKey], peekAnswer)
      .andThen(({ known, snapshot }) =>
        known ? ok(readSnapshot(mapping, snapshot)) : err(rowMissing('There is no such order.')),
      );
}
