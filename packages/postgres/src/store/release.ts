import type { ReleaseInput, StoreError } from '@visanet/cbb-sync';
import { err, ok, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import { rowMissing } from '../client/store-errors.ts';
import type { Layout } from '../layout/layout.ts';
import { held, inMs, noGrave, ownOrder, rankText } from './fragments.ts';
import { ledgerAssignments, ledgerValue } from './ledger-write.ts';
import type { StoreParts } from './store-parts.ts';

const releaseAnswer = z.object({ released: z.boolean(), known: z.boolean(), missed: z.boolean() });

function releaseSql(layout: Layout): string {
  const { columns: c, orders, ledger } = layout;
  const at = { scope: '$1::text', key: '$2::text', token: '$3::text' };
  return `WITH ${ownOrder(layout, '$7::text')},
  applied AS MATERIALIZED (
    SELECT o.${c.orderId}::text AS id, ${rankText(layout)} AS rank FROM ${orders} o WHERE o.${c.orderId} = $5::text),
  freed AS (
    UPDATE ${ledger} l SET ${ledgerAssignments('$6')},
      applied_order_id = COALESCE((SELECT id FROM applied), l.applied_order_id),
      applied_rank = CASE WHEN EXISTS (SELECT 1 FROM applied) THEN (SELECT rank FROM applied) ELSE l.applied_rank END
    FROM (SELECT count(*) FROM own) locked
    WHERE ${held(at)} AND ${noGrave(layout, '$4::text')} RETURNING l.dirty),
  written AS (
    UPDATE ${orders} o SET ${c.status} = $9::text, ${c.error} = $11::text,
      ${c.dueAt} = CASE WHEN $9::text = 'failed' THEN NULL WHEN freed.dirty THEN now()
        ELSE now() + ${inMs('$10')} END,
      ${c.attempts} = o.${c.attempts} + CASE WHEN $12::boolean THEN 1 ELSE 0 END
    FROM own CROSS JOIN freed WHERE o.${c.orderId} = own.id AND own.version = $8::int RETURNING 1)
  SELECT jsonb_build_object('released', EXISTS (SELECT 1 FROM freed), 'known', EXISTS (SELECT 1 FROM own),
    'missed', EXISTS (SELECT 1 FROM own CROSS JOIN freed WHERE own.version = $8::int)
      AND NOT EXISTS (SELECT 1 FROM written))::text AS answer`;
}

/** Frees the lease with the job's order unfinished. */
export function createRelease<O>({ database, layout, scope }: StoreParts<O>) {
  const sql = releaseSql(layout);
  return (input: ReleaseInput): ResultAsync<'released' | 'lost', StoreError> => {
    const { phone, token, appliedOrderId, ledger, own } = input;
    const lease = [scope, phone.phoneKey, token, phone.tombstone];
    const order = [own.orderId, own.version, own.status, own.dueInMs, own.reason, own.countsAttempt];
    return database
      .ask(sql, [...lease, appliedOrderId, ledgerValue(ledger), ...order], releaseAnswer)
      .andThen((answer) => {
        if (!answer.released) return ok('lost' as const);
        if (!answer.known || answer.missed)
          return err(rowMissing('The order to release could not be written.'));
        return ok('released' as const);
      });
  };
}
