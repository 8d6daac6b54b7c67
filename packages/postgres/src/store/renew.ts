import type { PhoneIdentity, StoreError } from '@visanet/cbb-sync';
import type { ResultAsync } from 'neverthrow';
import * as z from 'zod';
import type { Layout } from '../layout/layout.ts';
import { inMs, isHeld, patience } from './fragments.ts';
import type { StoreParts } from './store-parts.ts';

/** `$1` scope, `$2` phone key, `$3` token, `$4` lease. */
function renewSql(layout: Layout): string {
  const at = { scope: '$1::text', key: '$2::text', token: '$3::text' };
  return `WITH ${patience},
  renewed AS (
    UPDATE ${layout.ledger} l SET lease_expires_at = clock_timestamp() + ${inMs('$4')}, written_at = now() FROM patience
    WHERE ${isHeld(at)} RETURNING 1)
  SELECT jsonb_build_object('held', EXISTS (SELECT 1 FROM renewed))::text AS answer`;
}

/** Lengthens a lease that still holds. */
export function createRenew<O>({ database, layout, scope }: StoreParts<O>) {
  const sql = renewSql(layout);
  return (phone: PhoneIdentity, token: string, leaseMs: number): ResultAsync<'held' | 'lost', StoreError> =>
    database
      .ask(sql, [scope, phone.phoneKey, token, leaseMs], z.object({ held: z.boolean() }))
      .map((answer) => (answer.held ? 'held' : 'lost'));
}
