import type { NextStep, SyncError, SyncReport } from '@visanet/cbb-sync';
import { err, ok, type Result } from 'neverthrow';

/** What one run of an order answers. `throws`: the engine breaks its contract, as a defect in a port may. */
export type ScriptedAnswer =
  | { readonly kind: 'done' | 'failed' | 'stop' }
  | { readonly kind: 'retry' | 'defer'; readonly afterMs: number }
  | { readonly kind: 'error'; readonly error: SyncError }
  | { readonly kind: 'throws'; readonly error: Error };

/** How the store leaves the order; null: finished. */
export function dueAfterMs(answer: ScriptedAnswer): number | null {
  switch (answer.kind) {
    case 'done':
    case 'failed':
      return null;
    case 'retry':
    case 'defer':
      return answer.afterMs;
    case 'stop':
    case 'throws':
      return 0;
    case 'error':
      return answer.error.retryable ? 0 : null;
  }
}

export function toResult(orderId: string, answer: ScriptedAnswer): Result<SyncReport, SyncError> {
  switch (answer.kind) {
    case 'throws':
      throw answer.error;
    case 'error':
      return err(answer.error);
    case 'done':
      return ok(report(orderId, { kind: 'done' }, { outcome: 'updated', status: 'synced' }));
    case 'failed':
      return ok(
        report(
          orderId,
          { kind: 'done' },
          { outcome: 'failed', status: 'failed', failure: 'invalid_request' },
        ),
      );
    case 'retry':
      return ok(report(orderId, answer, { outcome: 'deferred', status: 'pending', failure: 'unavailable' }));
    case 'defer':
      return ok(report(orderId, answer, { outcome: 'deferred', status: 'pending', failure: 'rate_limited' }));
    case 'stop':
      return ok(
        report(
          orderId,
          { kind: 'stop' },
          { outcome: 'deferred', status: 'pending', failure: 'unauthorized' },
        ),
      );
  }
}

function report(
  orderId: string,
  next: NextStep | { readonly kind: 'retry' | 'defer'; readonly afterMs: number },
  differing: Pick<SyncReport, 'outcome' | 'status'> & Partial<SyncReport>,
): SyncReport {
  return {
    orderId,
    next,
    reason: differing.failure ?? null,
    failure: null,
    missingFields: [],
    whatsApp: 'yes',
    phone: maskedPhone,
    calls: 1,
    ...differing,
  };
}

/** Stands in every report: even masked it has no business in a queue. */
export const maskedPhone = '447700***123';
