import type { BeginAnswer, BeginInput, StoreError } from '@visanet/cbb-sync';
import { err, ok, type Result, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import { misconfigured, rowMissing } from '../client/store-errors.ts';
import { beginSql } from './begin-sql.ts';
import { lockedOrHidden } from './locked-or-hidden.ts';
import { answers, readSnapshot } from './read-orders.ts';
import type { StoreParts } from './store-parts.ts';

const beginAnswer = z.object({
  known: z.boolean(),
  current: z.boolean(),
  erased: z.enum(['complete', 'incomplete']).nullable(),
  able: z.boolean(),
  token: z.string().nullable(),
  hidden: z.boolean(),
  retryAfterMs: z.number(),
  crashes: z.number().nullable(),
  leftPhone: answers.leftPhone,
  snapshot: answers.snapshot.nullable(),
});

type Answer = z.infer<typeof beginAnswer>;

function read<O>(parts: StoreParts<O>, answer: Answer): Result<BeginAnswer<O>, StoreError> {
  if (!answer.known) return err(rowMissing('The order to sync is gone, or row-level security hides it.'));
  if (!answer.current) return ok({ kind: 'changed' });
  if (answer.erased !== null) return ok({ kind: 'erased', incomplete: answer.erased === 'incomplete' });
  if (!answer.able) return lockedOrHidden(parts, answer.hidden, { kind: 'locked' });
  const { token, snapshot, crashes, leftPhone, retryAfterMs } = answer;
  if (token === null) return ok({ kind: 'busy', retryAfterMs });
  if (snapshot === null || crashes === null) {
    return err(misconfigured('The lease was taken, but the order to sync could not be written.'));
  }
  return ok({
    kind: 'acquired',
    token,
    snapshot: readSnapshot(parts.mapping, snapshot),
    crashes,
    leftPhone,
  });
}

/** Takes the lease of a phone and reads what is to be done, in one statement. */
export function createBegin<O>(parts: StoreParts<O>) {
  const { database, layout, scope } = parts;
  const sql = beginSql(layout);
  return (input: BeginInput): ResultAsync<BeginAnswer<O>, StoreError> => {
    const { orderId, version, phone, leaseMs, keys, resumes } = input;
    const values = [scope, phone.phoneKey, phone.tombstone, phone.bucket, orderId, version, leaseMs];
    return database
      .ask(sql, [...values, JSON.stringify(keys), resumes ?? null], beginAnswer)
      .andThen((answer) => read(parts, answer));
  };
}
