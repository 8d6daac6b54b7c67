import type { SyncEngine } from '@visanet/cbb-sync';
import type { Halt, JobVerdict } from '../port/job-verdict.ts';
import type { StopResult, WorkerEvent } from '../port/queue-adapter.ts';
import type { DeliveredJob, DriverWorker } from '../port/queue-driver.ts';
import { endsWithin } from '../time/ends-within.ts';
import { runSyncJob } from './run-sync-job.ts';
import { parseSyncJob } from './sync-job.ts';

/** Long enough for an aborted run to write its release to the store and for the queue to take the job back. */
const releaseMs = 5_000;

export interface JobRunner {
  runJob(job: DeliveredJob): Promise<JobVerdict>;
  /** Takes no more jobs; only the first reason is told. */
  halt(reason: Halt): void;
  /** Lets running jobs end, then aborts them, then leaves them: bounded in time at every stage. */
  stop(worker: DriverWorker, graceMs: number): Promise<StopResult>;
}

/** The jobs of one worker from its start to its stop. */
export function createJobRunner(
  engine: SyncEngine,
  onEvent: (event: WorkerEvent) => void,
  onHalt: (halt: Halt) => void,
): JobRunner {
  const aborting = new AbortController();
  const running = new Set<Promise<unknown>>();
  let accepting = true;

  async function runJob(job: DeliveredJob): Promise<JobVerdict> {
    const parsed = parseSyncJob(job.data);
    if (parsed.kind === 'rejected') {
      onEvent({ kind: 'job-rejected', jobId: job.jobId, reason: parsed.reason });
      return { kind: 'failed', reason: parsed.reason };
    }
    // Queues may hand out a job that was already on its way when fetching stopped.
    if (!accepting) return { kind: 'released', afterMs: 0 };
    const signal =
      job.signal === undefined ? aborting.signal : AbortSignal.any([aborting.signal, job.signal]);
    const run = runSyncJob(engine, parsed.orderId, { signal, errors: job.errors, onEvent });
    running.add(run);
    const verdict = await run.finally(() => running.delete(run));
    if (verdict.kind === 'halted') {
      const { kind: _, afterMs: __, ...reason } = verdict;
      halt(reason);
    }
    return verdict;
  }

  function halt(reason: Halt): void {
    if (!accepting) return;
    accepting = false;
    onHalt(reason);
  }

  async function stop(worker: DriverWorker, graceMs: number): Promise<StopResult> {
    accepting = false;
    await endsWithin(worker.pause(), releaseMs);
    const drained = await endsWithin(Promise.all(running), graceMs);
    if (!drained) aborting.abort();
    const ended = drained || (await endsWithin(Promise.all(running), releaseMs));
    await endsWithin(worker.end(!ended), releaseMs);
    return { kind: drained ? 'drained' : ended ? 'aborted' : 'abandoned' };
  }

  return { runJob, halt, stop };
}
