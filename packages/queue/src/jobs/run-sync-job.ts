import { backoffMs, type SyncEngine, type SyncError, type SyncReport } from '@visanet/cbb-sync';
import type { Result } from 'neverthrow';
import { haltsWorker } from '../errors/halting.ts';
import type { JobVerdict } from '../port/job-verdict.ts';
import type { WorkerEvent } from '../port/queue-adapter.ts';

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
export function errorBackoffMs(errors: number, random: () => number = Math.random): number {
  return backoffMs(errors + 1, { backoffBaseMs: firstBackoffMs, backoffMaxMs: maxBackoffMs }, random);
}

/** Runs one job on the engine and translates its answer; never throws. */
export async function runSyncJob(
  engine: SyncEngine,
  orderId: string,
  options: RunSyncJobOptions,
): Promise<JobVerdict> {
  const errored = (error: SyncError['kind'] | 'unexpected'): JobVerdict => {
    options.onEvent({ kind: 'job-errored', orderId, error, willRetry: true });
    return { kind: 'errored', error, afterMs: errorBackoffMs(options.errors, options.random) };
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
  if (haltsWorker(result.error)) {
    return { kind: 'halted', reason: 'misconfigured', message: result.error.message, afterMs: haltedDelayMs };
  }
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
