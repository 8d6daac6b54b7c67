import type { StoreError } from '@visanet/cbb-sync';
import type { ResultAsync } from 'neverthrow';
import type { StoreParts } from '../store/store-parts.ts';
import { type CountOptions, createCountByStatus, type StatusCounts } from './count-by-status.ts';
import { createFailedOrderIds, createRetryFailed, type FailedOrders } from './failed-orders.ts';
import type { FailureFilter } from './failure-filter.ts';
import { createFailures, type FailureGroup } from './failures.ts';
import { createOrderIdsBetween, type OrderRange } from './order-ids-between.ts';
import type { OrderIdBatches } from './pages.ts';
import { type AuditEntry, createRecordAudit } from './record-audit.ts';
import { createReadRowSecurity, type RowSecurity } from './row-security.ts';

/** What operators ask of the store beside the sync. */
export interface OperatorReads {
  /** Ids of all orders of a range of ranks, oldest first, whatever their status. */
  orderIdsBetween(range: OrderRange): OrderIdBatches;
  /** Failed orders by reason, most orders first; 500 reasons at most. */
  failures(filter?: FailureFilter): ResultAsync<readonly FailureGroup[], StoreError>;
  failedOrderIds(options?: FailedOrders): OrderIdBatches;
  /** Makes failed orders pending, due now; each batch is written when it is read. */
  retryFailed(options?: FailedOrders): OrderIdBatches;
  countByStatus(options?: CountOptions): ResultAsync<StatusCounts, StoreError>;
  /** Whether row-level security may hide orders from this database role. */
  rowSecurity(): ResultAsync<RowSecurity, StoreError>;
  recordAudit(entry: AuditEntry): ResultAsync<void, StoreError>;
}

export function createOperatorReads<O>(parts: StoreParts<O>): OperatorReads {
  const plain: StoreParts<unknown> = { ...parts, mapping: parts.mapping };
  return {
    orderIdsBetween: createOrderIdsBetween(plain),
    failures: createFailures(plain),
    failedOrderIds: createFailedOrderIds(plain),
    retryFailed: createRetryFailed(plain),
    countByStatus: createCountByStatus(plain),
    rowSecurity: createReadRowSecurity(plain),
    recordAudit: createRecordAudit(plain),
  };
}
