import type { OptionRules, SyncError } from '@visanet/cbb-sync';
import type { JobVerdict } from '../port/job-verdict.ts';
import type { QueueCapabilities } from './queue-adapter.ts';

/** A job as a queue hands it out; nothing of it is trusted yet. */
export interface DeliveredJob {
  readonly jobId: string;
  readonly data: unknown;
  /** Runs of this job that ended without an outcome so far. */
  readonly errors: number;
  /** The queue's own signal, e.g. when it lost its claim on the job. */
  readonly signal?: AbortSignal | undefined;
}

export interface WorkSetup {
  readonly concurrency: number;
  /** Runs one job and says what the queue must do with it; never rejects. */
  readonly runJob: (job: DeliveredJob) => Promise<JobVerdict>;
  /** For a driver that asks the engine beside the jobs: tells what failed, and halts the worker if no try can mend it. */
  readonly engineFailed: (error: SyncError) => void;
}

/** A worker that takes jobs from the queue. */
export interface DriverWorker {
  /** Takes no more jobs from now on; running ones go on. */
  pause(): Promise<void>;
  /** Called when no job runs, or with `force` when some would not end. */
  end(force: boolean): Promise<void>;
}

/**
 * What is particular to one queue. Methods reject with whatever the queue's library throws, or with a `QueueFailure`.
 *
 * @typeParam P what an enqueue of this queue can be given beside the order, e.g. the host's transaction
 */
export interface QueueDriver<P = never> {
  readonly capabilities: QueueCapabilities;
  /** Orders that one `push` is given at most. @default all */
  readonly pushBatchSize?: number;
  /** What `push` takes beside the orders: a mistyped option throws. @default anything is passed on */
  readonly pushRules?: OptionRules;
  /** Awaited before the first `push`, `missing` or `work`; tried again after a failure. */
  prepare?(): Promise<void>;
  /** The ids are valid and distinct. Gives the number of those that did not wait already. */
  push(orderIds: readonly string[], options?: P): Promise<number>;
  /**
   * Of these due orders those that a push would help: no job will run them, or only one that waits for later. Writes
   * nothing. Absent: the queue is the store itself, and sweeps claim what they push.
   */
  missing?(orderIds: readonly string[]): Promise<readonly string[]>;
  /** Awaited before each `work`: rejects where the server is set up in a way that would lose jobs. */
  check?(): Promise<void>;
  work(setup: WorkSetup): Promise<DriverWorker>;
  /** Closes what the driver opened itself. */
  release(): Promise<void>;
}
