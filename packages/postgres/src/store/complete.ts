import type { CompleteAnswer, CompleteInput, StoreError } from '@visanet/cbb-sync';
import { ok, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import { againSql, completeSql } from './complete-sql.ts';
import { ledgerValue } from './ledger-write.ts';
import { lockedOrHidden } from './locked-or-hidden.ts';
import { answers, readSnapshot } from './read-orders.ts';
import type { StoreParts } from './store-parts.ts';

const completeAnswer = z.object({ finished: z.boolean(), locked: z.array(z.string()), hidden: z.boolean() });
const againAnswer = z.object({ snapshot: answers.snapshot.nullable() });

/** Writes ledger and outcomes and frees the lease; one statement more where that is refused. */
export function createComplete<O>(parts: StoreParts<O>) {
  const { database, layout, scope, mapping } = parts;
  const sql = completeSql(layout);
  const again = againSql(layout);

  function refuse({ phone, token, orderId }: CompleteInput): ResultAsync<CompleteAnswer<O>, StoreError> {
    const values = [scope, phone.phoneKey, token, phone.tombstone, orderId];
    return database
      .ask(again, values, againAnswer)
      .map(
        ({ snapshot }): CompleteAnswer<O> =>
          snapshot === null ? { kind: 'lost' } : { kind: 'again', snapshot: readSnapshot(mapping, snapshot) },
      );
  }

  return (input: CompleteInput): ResultAsync<CompleteAnswer<O>, StoreError> => {
    const { phone, token, seen, appliedOrderId, ledger, outcomes, orderId, orphaned } = input;
    const lease = [scope, phone.phoneKey, token, phone.tombstone];
    const results = [JSON.stringify(seen), appliedOrderId, ledgerValue(ledger), JSON.stringify(outcomes)];
    return database
      .ask(sql, [...lease, ...results, orderId, orphaned], completeAnswer)
      .andThen(({ finished, locked, hidden }) => {
        if (!finished) return refuse(input);
        const completed: CompleteAnswer<O> = { kind: 'completed', locked };
        return locked.length === 0 ? ok(completed) : lockedOrHidden(parts, hidden, completed);
      });
  };
}
