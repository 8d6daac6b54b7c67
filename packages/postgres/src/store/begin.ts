import type { BeginAnswer, BeginInput, StoreError } from '@visanet/cbb-sync';
import { err, errAsync, ok, okAsync, type Result, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import { misconfigured, rowMissing } from '../client/store-errors.ts';
import { abandonSql } from './abandon-sql.ts';
import { beginSql } from './begin-sql.ts';
import { answers, readSnapshot } from './read-orders.ts';
import type { StoreParts } from './store-parts.ts';

const beginAnswer = z.object({
  known: z.boolean(),
  current: z.boolean(),
  erased: z.enum(['complete', 'incomplete']).nullable(),
  token: z.string().nullable(),
  written: z.boolean(),
  retryAfterMs: z.number().nullable(),
  crashes: z.number().nullable(),
  leftPhone: answers.leftPhone,
  snapshot: answers.snapshot.nullable(),
});

type Answer = z.infer<typeof beginAnswer>;

function readAcquired<O>(parts: StoreParts<O>, answer: Answer): Result<BeginAnswer<O>, StoreError> {
  const { token, snapshot, crashes, leftPhone } = answer;
  if (token === null || snapshot === null || crashes === null) {
    return err(misconfigured('The lease was taken, but the answer does not say so.'));
  }
  return readSnapshot(parts.mapping, snapshot).map((read) => ({
    kind: 'acquired',
    token,
    snapshot: read,
    crashes,
    leftPhone,
  }));
}

function read<O>(parts: StoreParts<O>, answer: Answer): Result<BeginAnswer<O>, StoreError> {
  if (!answer.known) return err(rowMissing('The order to sync is gone, or row-level security hides it.'));
  if (!answer.current) return ok({ kind: 'changed' });
  if (answer.erased !== null) return ok({ kind: 'erased', incomplete: answer.erased === 'incomplete' });
  if (!answer.written) return err(rowMissing('The order to sync could not be written.'));
  if (answer.token === null) return ok({ kind: 'busy', retryAfterMs: answer.retryAfterMs ?? 0 });
  return readAcquired(parts, answer);
}

/** Takes the lease of a phone and reads what is to be done, in one statement. */
export function createBegin<O>(parts: StoreParts<O>) {
  const { database, layout, scope } = parts;
  const sql = beginSql(layout);
  const abandon = abandonSql(layout);

  return (input: BeginInput): ResultAsync<BeginAnswer<O>, StoreError> => {
    const { orderId, version, phone, leaseMs, keys } = input;
    const values = [scope, phone.phoneKey, phone.tombstone, phone.bucket, orderId, version, leaseMs];
    return database
      .ask(sql, [...values, JSON.stringify(keys)], beginAnswer)
      .andThen((answer): ResultAsync<BeginAnswer<O>, StoreError> => {
        const begun = read(parts, answer);
        if (begun.isOk()) return okAsync(begun.value);
        if (answer.token === null) return errAsync(begun.error);
        // An order of the phone cannot be read: without this its lease and the `syncing` order would look like a crash.
        return database
          .run(abandon, [scope, phone.phoneKey, answer.token, orderId, version])
          .andThen(() => errAsync(begun.error));
      });
  };
}
