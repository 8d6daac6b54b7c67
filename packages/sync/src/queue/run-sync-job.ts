import type { Result } from 'neverthrow';
import { backoffMs as equalJitterMs } from '../engine/backoff.ts';
import type { SyncEngine, SyncError, SyncReport } from '../engine/sync-engine.ts';
import type { WorkerEvent } from '../ports/queue-adapter.ts';

/** What an adapter does with a job after its run; its whole vocabulary. */
export type JobVerdict =
  | { readonly kind: 'done'; readonly report: SyncReport }
  /** Ended for good: keep it visible, never run it again by itself. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** The engine set the time; costs none of the queue's own attempts. */
  | { readonly kind: 'later'; readonly afterMs: number }
  /** No outcome: the adapter's own backoff. */
  | { readonly kind: 'errored'; readonly error: string; readonly afterMs: number }
  /** The run was cut short by a stop: give the job back. */
  | { readonly kind: 'released'; readonly afterMs: 0 }
  /** Give the job back and take no more. */
  | {
      readonly kind: 'halted';
      readonly reason: 'key_rejected' | 'sync_disabled';
      readonly afterMs: number;
    };

export interface RunSyncJobOptions {
  readonly signal: AbortSignal;
  /** Runs of this job that ended without an outcome so far; paces the backoff. */
  readonly errors: number;
  readonly onEvent: (event: WorkerEvent) => void;
  /** @default Math.random */
  readonly random?: () => number;
}

/** The worker stops after this verdict; until it has, or on another worker, the job must not spin. */
const haltedDelayMs = 5_000;
const firstBackoffMs = 1_000;
const maxBackoffMs = 60_000;

/** Doubles from 1 s to at most 60 s, with equal jitter so that workers do not return in step. */
export function backoffMs(errors: number, random: () => number = Math.random): number {
  return equalJitterMs(errors + 1, { backoffBaseMs: firstBackoffMs, backoffMaxMs: maxBackoffMs }, random);
}

/** Runs one job on the engine and translates its answer; never throws. */
export async function runSyncJob(
  engine: SyncEngine,
  orderId: string,
  options: RunSyncJobOptions,
): Promise<JobVerdict> {
  const errored = (error: SyncError['kind'] | 'unexpected'): JobVerdict => {
    options.onEvent({ kind: 'job-errored', orderId, error, willRetry: true });
    return { kind: 'errored', error, afterMs: backoffMs(options.errors, options.random) };
  };
  let result: Result<SyncReport, SyncError>;
  try {
    result = await engine.sync(orderId, { signal: options.signal });
  } catch {
    // A defect in a port of the host's: its message may hold anything, so none of it is kept.
    return errored('unexpected');
  }
  if (result.isOk()) {
    const report = result.value;
    options.onEvent({ kind: 'job-finished', orderId, report });
    return judge(report);
  }
  const { kind, retryable } = result.error;
  if (kind === 'aborted') return { kind: 'released', afterMs: 0 };
  if (kind === 'disabled') return { kind: 'halted', reason: 'sync_disabled', afterMs: haltedDelayMs };
  if (retryable) return errored(kind);
  options.onEvent({ kind: 'job-errored', orderId, error: kind, willRetry: false });
  return { kind: 'failed', reason: kind };
}

function judge(report: SyncReport): JobVerdict {
  switch (report.next.kind) {
    case 'stop':
      return { kind: 'halted', reason: 'key_rejected', afterMs: haltedDelayMs };
    case 'retry':
    case 'defer':
      return { kind: 'later', afterMs: report.next.afterMs };
    case 'done':
      return report.outcome === 'failed'
        ? { kind: 'failed', reason: report.failure ?? 'failed' }
        : { kind: 'done', report };
  }
}
