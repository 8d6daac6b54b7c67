import type { SyncError, SyncReport } from '@visanet/cbb-sync';
import type { ResultAsync } from 'neverthrow';
import type { Halt } from './job-verdict.ts';

/** What an adapter promises beyond the common surface. Data, so that tests and documents read the same source. */
export interface QueueCapabilities {
  /** Enqueues of an order that is already waiting become one run. */
  readonly coalesces: boolean;
  /** An enqueue while the order waits after a failure or a deferral neither shortens nor restarts the wait. */
  readonly keepsBackoff: boolean;
  /** `enqueue` can take part in the host's database transaction. */
  readonly transactionalEnqueue: boolean;
  /** Jobs outlive the process. */
  readonly durable: boolean;
  /** A limit of job starts holds across all workers of all processes. */
  readonly sharedRateLimit: boolean;
  /** Jobs that ended for good stay visible in the queue and can be run again there. */
  readonly redrivable: boolean;
}

/** `coalesced`: a run that will see the newest data was already certain. */
export interface EnqueueResult {
  readonly kind: 'enqueued' | 'coalesced';
}

/** The two sum up to the number of ids given. */
export interface EnqueueSums {
  readonly enqueued: number;
  readonly coalesced: number;
}

/** An order that already had a job counts as `coalesced`. */
export interface SweepResult extends EnqueueSums {
  /** Due orders that were looked at. */
  readonly due: number;
  /** False: a stop ended the sweep before it was through. */
  readonly complete: boolean;
}

/** How a stop ended: all jobs finished, jobs were aborted and given back, or some did not react in time. */
export interface StopResult {
  readonly kind: 'drained' | 'aborted' | 'abandoned';
}

export interface StopOptions {
  /**
   * How long running jobs may go on before their signal is aborted, in milliseconds.
   * @default 10000
   */
  readonly graceMs?: number;
}

export interface WorkerOptions {
  /**
   * Orders synced at the same time by this worker.
   * @default 10
   */
  readonly concurrency?: number;
  /**
   * Time between two sweeps of the store for due orders, in milliseconds; 0 turns the worker's own sweep off.
   * @default 30000
   */
  readonly sweepIntervalMs?: number;
}

/** Every message is free of keys, connection strings and customer data. */
export type QueueError =
  /** The queue's server did not answer, or not in time. */
  | { readonly kind: 'queue_unavailable'; readonly message: string; readonly retryable: true }
  /** The server or queue is set up in a way that would lose jobs, or is missing. */
  | { readonly kind: 'queue_misconfigured'; readonly message: string; readonly retryable: false }
  /** A package that the host must install is not there. */
  | { readonly kind: 'peer_missing'; readonly message: string; readonly retryable: false }
  /** Empty, longer than 255 characters, or with control characters. */
  | { readonly kind: 'invalid_order_id'; readonly message: string; readonly retryable: false }
  /** The engine is off or dry: workers and sweeps take nothing. */
  | {
      readonly kind: 'sync_disabled';
      readonly mode: 'off' | 'dry_run';
      readonly message: string;
      readonly retryable: false;
    }
  | { readonly kind: 'already_started'; readonly message: string; readonly retryable: false }
  | { readonly kind: 'closed'; readonly message: string; readonly retryable: false }
  /** The engine could not reach its store. */
  | {
      readonly kind: 'engine_failed';
      readonly cause: SyncError['kind'];
      readonly message: string;
      /** What a person can do about it. */
      readonly remedy?: string;
      readonly retryable: boolean;
    };

export type QueueErrorKind = QueueError['kind'];

/** What a worker tells its host. Holds no customer data but the masked phone of a report. */
export type WorkerEvent =
  /** The engine gave the order its outcome, whatever it is. */
  | { readonly kind: 'job-finished'; readonly orderId: string; readonly report: SyncReport }
  /** No outcome: the store failed. Unless `willRetry` the job ended for good. */
  | {
      readonly kind: 'job-errored';
      readonly orderId: string;
      /** `unexpected`: a port of the host's threw. */
      readonly error: SyncError['kind'] | 'unexpected';
      readonly willRetry: boolean;
    }
  /** A job that this version cannot read was put aside; its data is not repeated here. */
  | {
      readonly kind: 'job-rejected';
      readonly jobId: string;
      readonly reason: 'unreadable_data' | 'unknown_version';
    }
  /** The worker takes no more jobs until a person acts. Told once. */
  | ({ readonly kind: 'worker-halted' } & Halt)
  | { readonly kind: 'sweep-finished'; readonly result: SweepResult }
  | { readonly kind: 'sweep-failed'; readonly error: QueueError }
  /** A mark without its job, which would have swallowed every later enqueue of the order, was removed. */
  | { readonly kind: 'stray-key-repaired'; readonly orderId: string }
  /** The queue reported an error of its own; it goes on by itself. */
  | { readonly kind: 'queue-errored'; readonly error: QueueError };

/**
 * The one surface of every adapter. A job says only "look at this order"; the engine decides, the adapter
 * translates: done, run again later, or stop.
 */
export interface QueueAdapter {
  readonly capabilities: QueueCapabilities;
  enqueue(orderId: string): ResultAsync<EnqueueResult, QueueError>;
  enqueueMany(orderIds: readonly string[]): ResultAsync<EnqueueSums, QueueError>;
  /** Starts taking jobs; also resumes after `worker-halted` or `stop`. */
  startWorker(options?: WorkerOptions): ResultAsync<void, QueueError>;
  /** Enqueues every due order of the store that has no job in the queue, in batches. */
  sweep(): ResultAsync<SweepResult, QueueError>;
  /**
   * Ends the worker in bounded time, and sweeps between two batches: nothing is claimed or enqueued by them afterwards.
   * Enqueues still work. Without a worker: `drained`.
   */
  stop(options?: StopOptions): ResultAsync<StopResult, QueueError>;
  /** `stop`, then releases what the adapter opened itself. Safe to call twice. */
  close(options?: StopOptions): ResultAsync<StopResult, QueueError>;
}
