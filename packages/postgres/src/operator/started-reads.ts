import { checkOptions, type StoreError } from '@visanet/cbb-sync';
import { err, ok, type Result } from 'neverthrow';
import type { CheckedStore } from '../store/checked-store.ts';
import { countRules } from './count-by-status.ts';
import { failedRules } from './failed-orders.ts';
import { failureFilterRules } from './failure-filter.ts';
import type { OperatorReads } from './operator-reads.ts';
import { rangeRules } from './order-ids-between.ts';
import type { OrderIdBatches } from './pages.ts';

type Found = Result<OperatorReads, StoreError>;

/** Reads of a store that looks at its tables when it is first asked. Wrong options are thrown at once. */
export function startedReads<O>(tables: CheckedStore<O>): OperatorReads {
  async function* batches(
    found: PromiseLike<Found>,
    read: (reads: OperatorReads) => OrderIdBatches,
  ): AsyncGenerator<Result<readonly string[], StoreError>, void> {
    const ready = await found;
    if (ready.isErr()) yield err(ready.error);
    else yield* read(ready.value);
  }
  const checked = () => tables.with(({ methods }) => Promise.resolve(ok<OperatorReads, StoreError>(methods)));
  return {
    orderIdsBetween(range) {
      checkOptions('orderIdsBetween', range, rangeRules);
      return batches(checked(), (found) => found.orderIdsBetween(range));
    },
    failures(filter) {
      checkOptions('failures', filter ?? {}, failureFilterRules);
      return tables.with(({ methods }) => methods.failures(filter));
    },
    failedOrderIds(options) {
      checkOptions('failedOrderIds', options ?? {}, failedRules);
      return batches(checked(), (found) => found.failedOrderIds(options));
    },
    retryFailed(options) {
      checkOptions('retryFailed', options ?? {}, failedRules);
      return batches(checked(), (found) => found.retryFailed(options));
    },
    countByStatus(options) {
      checkOptions('countByStatus', options ?? {}, countRules);
      return tables.with(({ methods }) => methods.countByStatus(options));
    },
    rowSecurity: () => tables.with(({ methods }) => methods.rowSecurity()),
    recordAudit: (entry) => tables.with(({ methods }) => methods.recordAudit(entry)),
  };
}
