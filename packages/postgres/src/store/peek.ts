import type { Snapshot, StoreError } from '@visanet/cbb-sync';
import { err, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import { rowMissing } from '../client/store-errors.ts';
import type { Layout } from '../layout/layout.ts';
import { candidateList, candidateRow, ledgerView } from './fragments.ts';
import { answers, readSnapshot } from './read-orders.ts';
import type { StoreParts } from './store-parts.ts';

function peekSql(layout: Layout): string {
  const { columns: c, orders, ledger } = layout;
  const source = `SELECT ${candidateRow(layout)} FROM ${orders} o WHERE o.${c.phoneKey} = $3::text AND o.${c.orderId} <> $2::text
    UNION ALL SELECT ${candidateRow(layout)} FROM ${orders} o WHERE o.${c.orderId} = $2::text`;
  return `WITH known AS (SELECT l.* FROM ${ledger} l WHERE l.scope = $1::text AND l.phone_key = $3::text)
  SELECT jsonb_build_object('known', EXISTS (SELECT 1 FROM ${orders} o WHERE o.${c.orderId} = $2::text),
    'snapshot', jsonb_build_object(
      'ledger', (SELECT ${ledgerView('l.unclean OR l.voided')} FROM (SELECT 1) one LEFT JOIN known l ON true),
      'candidates', ${candidateList(layout, source, 'known')}))::text AS answer`;
}

/** What a sync of the order would see. */
export function createPeek<O>({ database, layout, scope, mapping }: StoreParts<O>) {
  const sql = peekSql(layout);
  const peekAnswer = z.object({ known: z.boolean(), snapshot: answers.snapshot });
  return (orderId: string, phoneKey: string): ResultAsync<Snapshot<O>, StoreError> =>
    database
      .ask(sql, [scope, orderId, phoneKey], peekAnswer)
      .andThen(({ known, snapshot }) =>
        known ? readSnapshot(mapping, snapshot) : err(rowMissing('There is no such order.')),
      );
}
