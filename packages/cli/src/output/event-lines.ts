import type { HostWorkerEvent } from '@visanet/cbb-host';
import type { SyncEvent, SyncReport } from '@visanet/cbb-sync';

export type LogLevel = 'info' | 'warn' | 'error';
export type LineValues = Readonly<Record<string, string | number | boolean | null>>;

/** What an event says in the log. */
export interface EventLine {
  /** Null: nothing is told. */
  readonly level: LogLevel | null;
  readonly values: LineValues;
  /** Names a state that may tell of itself again and again. */
  readonly goesOn?: string;
  /** Names a state that has passed. */
  readonly ends?: string;
}

/** The end of an order is an error; that it waits to be tried again is a warning. */
function levelOf({ status, outcome }: SyncReport): LogLevel {
  if (status === 'failed') return 'error';
  return outcome === 'failed' || outcome === 'partial' ? 'warn' : 'info';
}

export function workerLine(event: HostWorkerEvent): EventLine {
  switch (event.kind) {
    case 'job-finished': {
      const { report, remedy } = event;
      const { orderId, outcome, status, reason, failure, phone, calls, next } = report;
      const again = next.kind === 'retry' || next.kind === 'defer' ? next.afterMs : null;
      const missing = report.missingFields.join(',');
      return {
        level: levelOf(report),
        values: {
          orderId,
          outcome,
          status,
          reason,
          failure,
          missing,
          phone,
          calls,
          againInMs: again,
          remedy,
        },
        ends: 'store',
      };
    }
    case 'job-errored': {
      const { orderId, error, willRetry, remedy } = event;
      const goesOn = error === 'store_unavailable' ? { goesOn: 'store' } : {};
      return {
        level: willRetry ? 'warn' : 'error',
        values: { orderId, error, willRetry, remedy },
        ...goesOn,
      };
    }
    case 'job-rejected':
      return { level: 'error', values: { jobId: event.jobId, reason: event.reason } };
    case 'worker-halted':
      return { level: 'error', values: { reason: event.reason, message: event.message } };
    case 'sweep-finished': {
      const { result } = event;
      return { level: result.due === 0 ? null : 'info', values: { ...result }, ends: 'sweep' };
    }
    case 'sweep-failed': {
      const { kind: error, message } = event.error;
      const remedy = 'remedy' in event.error ? (event.error.remedy ?? null) : null;
      return { level: 'warn', values: { error, message, remedy }, goesOn: 'sweep' };
    }
    case 'queue-errored': {
      const { kind: error, message } = event.error;
      return { level: 'warn', values: { error, message }, goesOn: `queue ${error}` };
    }
    case 'stray-key-repaired':
      return { level: 'warn', values: { orderId: event.orderId } };
  }
}

export function engineLine(event: SyncEvent): EventLine | null {
  switch (event.kind) {
    // The worker's own events tell these two.
    case 'sync-finished':
    case 'key-rejected':
      return null;
    case 'field-unusable':
      return {
        // Columns that may not be null hold empty texts for absent values: nothing is wrong with those.
        level: event.problem === 'empty' ? 'info' : 'warn',
        values: { orderId: event.orderId, field: event.field, problem: event.problem },
      };
    case 'identity-drift':
      return {
        level: 'warn',
        values: { orderId: event.orderId, phone: event.phone, fields: event.fields.join(',') },
      };
    case 'contact-orphaned':
      return { level: 'warn', values: { orderId: event.orderId } };
    case 'lease-lost':
      return { level: 'warn', values: { orderId: event.orderId, phone: event.phone } };
    case 'erasure-completed':
      return { level: 'warn', values: { remaining: event.remaining.join(',') } };
  }
}
