import type { SyncEngine } from '@visanet/cbb-sync';
import type { Result, ResultAsync } from 'neverthrow';
import type { EnqueueSums, QueueError, SweepResult } from '../port/queue-adapter.ts';
import { sweepByClaims } from './sweep-by-claims.ts';
import { sweepByList } from './sweep-by-list.ts';

export interface Sweep {
  readonly engine: SyncEngine;
  readonly enqueueMany: (orderIds: readonly string[]) => ResultAsync<EnqueueSums, QueueError>;
  /** Which of these due orders an enqueue would help; null: the queue is the store itself. */
  readonly missing: ((orderIds: readonly string[]) => ResultAsync<readonly string[], QueueError>) | null;
  /** Orders of one enqueue. */
  readonly batchSize: number;
  /** Ends the sweep between two batches. */
  readonly signal: AbortSignal;
}

/** Brings every due order of the store into the queue that is not there. */
export function sweepDueOrders({ missing, ...sweep }: Sweep): Promise<Result<SweepResult, QueueError>> {
  return missing === null ? sweepByClaims(sweep) : sweepByList({ ...sweep, missing });
}
