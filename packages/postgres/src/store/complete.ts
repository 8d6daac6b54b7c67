import type { CompleteAnswer, CompleteInput, StoreError } from '@visanet/cbb-sync';
import { errAsync, ok, okAsync, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import { rowMissing } from '../client/store-errors.ts';
import { againSql, completeSql } from './complete-sql.ts';
import { ledgerValue } from './ledger-write.ts';
import { answers, readSnapshot } from './read-orders.ts';
import type { StoreParts } from './store-parts.ts';

const completeAnswer = z.object({ finished: z.boolean(), written: z.number() });
const againAnswer = z.object({ snapshot: answers.snapshot.nullable() });

/** Writes ledger and outcomes and frees the lease; one statement more where that is refused. */
export function createComplete<O>({ database, layout, scope, mapping }: StoreParts<O>) {
  const sql = completeSql(layout);
  const again = againSql(layout);

  function refuse(input: CompleteInput): ResultAsync<CompleteAnswer<O>, StoreError> {
    const values = [scope, input.phone.phoneKey, input.token, input.phone.tombstone];
    return database.ask(again, values, againAnswer).andThen(({ snapshot }) => {
      if (snapshot === null) return ok<CompleteAnswer<O>>({ kind: 'lost' });
      return readSnapshot(mapping, snapshot).map(
        (read): CompleteAnswer<O> => ({ kind: 'again', snapshot: read }),
      );
    });
  }

  return (input: CompleteInput): ResultAsync<CompleteAnswer<O>, StoreError> => {
    const { phone, token, seen, appliedOrderId, ledger, outcomes } = input;
    const values = [scope, phone.phoneKey, token, phone.tombstone, JSON.stringify(seen), appliedOrderId];
    return database
      .ask(sql, [...values, ledgerValue(ledger), JSON.stringify(outcomes)], completeAnswer)
      .andThen((answer): ResultAsync<CompleteAnswer<O>, StoreError> => {
        if (!answer.finished) return refuse(input);
        if (answer.written === outcomes.length) return okAsync({ kind: 'completed' });
        return errAsync(rowMissing('An order that was synced could not be written.'));
      });
  };
}
