import {
  hasMethods,
  isFunction,
  type OptionRules,
  optional,
  type SyncEngine,
  wholeNumber,
} from '@visanet/cbb-sync';
import { guardEngine } from '../errors/guard-engine.ts';
import { failureOf } from '../errors/queue-failure.ts';
import type { QueueError, WorkerEvent } from '../port/queue-adapter.ts';

/** What the options of every adapter have in common. */
export interface QueueAdapterOptions {
  readonly engine: SyncEngine;
  /**
   * Orders that a sweep enqueues in one step.
   * @default 100
   */
  readonly sweepBatchSize?: number;
  /**
   * How long the queue's server may take for an enqueue, or for each batch of many, in milliseconds.
   * @default 5000
   */
  readonly enqueueTimeoutMs?: number;
  /** Hears of every outcome and every trouble. What it throws is dropped: it cannot change the fate of a job. */
  readonly onEvent?: (event: WorkerEvent) => void;
  /**
   * Hears what the queue's library itself says of an error. Its words may hold data of customers: show them to a person at
   * most, and keep them nowhere. Nothing of them is in events or errors.
   */
  readonly onDriverError?: (error: unknown) => void;
}

/** For each adapter's own rules to contain. */
export const queueAdapterRules = {
  engine: hasMethods('sync', 'claimDue', 'listDue', 'arm'),
  sweepBatchSize: optional(wholeNumber(1, 10_000)),
  enqueueTimeoutMs: optional(wholeNumber(1)),
  onEvent: optional(isFunction),
  onDriverError: optional(isFunction),
} satisfies OptionRules;

/** Rules of the options that every `startWorker` takes. */
export const workerRules: OptionRules = {
  concurrency: optional(wholeNumber(1, 1_000)),
  sweepIntervalMs: optional(wholeNumber(0)),
};

export const stopRules: OptionRules = { graceMs: optional(wholeNumber(0)) };

/** The common options with their defaults, and what every adapter makes of errors. */
export interface QueueAdapterSettings extends Required<Omit<QueueAdapterOptions, 'onDriverError'>> {
  /** Tells the host of an error that the queue's library reported by itself. */
  readonly onError: (cause: unknown) => void;
  /** Describes what a method of the driver rejected with. */
  readonly toError: (cause: unknown) => QueueError;
}

/** @param describe names what the queue's library threw, without a word of the original text that could hold data */
export function queueAdapterSettings(
  options: QueueAdapterOptions,
  describe: (cause: unknown) => QueueError,
): QueueAdapterSettings {
  const { sweepBatchSize = 100, enqueueTimeoutMs = 5_000 } = options;
  const engine = guardEngine(options.engine);
  function toError(cause: unknown): QueueError {
    const failure = failureOf(cause);
    if (failure !== null) return failure;
    try {
      options.onDriverError?.(cause);
    } catch {
      // As below.
    }
    return describe(cause);
  }
  function onEvent(event: WorkerEvent): void {
    try {
      options.onEvent?.(event);
    } catch {
      // A listener that throws must not change the fate of a job.
    }
  }
  const onError = (cause: unknown) => onEvent({ kind: 'queue-errored', error: toError(cause) });
  return { engine, sweepBatchSize, enqueueTimeoutMs, onEvent, onError, toError };
}
