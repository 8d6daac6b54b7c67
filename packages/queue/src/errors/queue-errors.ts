import type { SyncEngine, SyncError } from '@visanet/cbb-sync';
import { err, ok, type Result } from 'neverthrow';
import { isOrderId } from '../jobs/sync-job.ts';
import type { QueueError } from '../port/queue-adapter.ts';

/** Refuses an id that no order can have, before it reaches a queue. */
export function checkOrderId(orderId: string): Result<string, QueueError> {
  if (isOrderId(orderId)) return ok(orderId);
  return err({
    kind: 'invalid_order_id',
    message: '[cbb-sync] An order id has 1 to 255 characters and no control characters.',
    retryable: false,
  });
}

/** Workers and sweeps take nothing by themselves unless the engine is on. */
export function checkMode(engine: SyncEngine): Result<void, QueueError> {
  if (engine.mode === 'on') return ok(undefined);
  return err({
    kind: 'sync_disabled',
    mode: engine.mode,
    message: `[cbb-sync] The engine's mode is "${engine.mode}": no worker and no sweep takes orders.`,
    retryable: false,
  });
}

export function engineFailed(error: SyncError): QueueError {
  return {
    kind: 'engine_failed',
    cause: error.kind,
    message: `[cbb-sync] The store could not be read for due orders: ${error.kind}. ${error.message}`,
    retryable: error.retryable,
    ...('remedy' in error && error.remedy !== undefined ? { remedy: error.remedy } : {}),
  };
}

export const closedError: QueueError = {
  kind: 'closed',
  message: '[cbb-sync] The adapter is closed. Create a new one.',
  retryable: false,
};

export const alreadyStartedError: QueueError = {
  kind: 'already_started',
  message: '[cbb-sync] The worker of this adapter already runs. Stop it first to change its options.',
  retryable: false,
};
