import {
  hasMethods,
  isFunction,
  nonEmptyText,
  type OptionRule,
  optional,
  type SyncEngine,
  type WorkerEvent,
  wholeNumber,
} from '@visanet/cbb-sync';
import type { BullmqClasses, BullmqQueueLike } from './bullmq-types.ts';

export interface BullmqSyncOptions {
  readonly engine: SyncEngine;
  /** ioredis options (`{ host, port, … }` or `{ url }`) or an ioredis instance. Needed unless `queue` is given. */
  readonly connection?: object;
  /** A `Queue` of the host's, e.g. from a framework module; it stays open on `close`. */
  readonly queue?: BullmqQueueLike;
  /** BullMQ's classes, for bundlers and monorepos with two copies. @default those of the installed `bullmq` */
  readonly bullmq?: BullmqClasses;
  /** @default 'cbb-sync' */
  readonly queueName?: string;
  /** Prefix of all keys in Redis; on a cluster it needs a hash tag, e.g. `{cbb}`. @default BullMQ's, `bull` */
  readonly prefix?: string;
  /**
   * How long Redis may take for an enqueue, or for each 500 orders of many, in milliseconds.
   * @default 5000
   */
  readonly enqueueTimeoutMs?: number;
  /**
   * A job whose worker is silent for this long is handed to another, in milliseconds.
   * @default the engine's `leaseMs`
   */
  readonly lockMs?: number;
  /**
   * Job starts across all workers of the queue; every worker must have the same. It is a coarse guard: one
   * sync makes several requests, and the limit that matters is the client's.
   * @default { max: 1000, durationMs: 1000 }
   */
  readonly rateLimit?: { readonly max: number; readonly durationMs: number };
  /**
   * Orders that one step of a sweep takes from the store.
   * @default 100
   */
  readonly sweepBatchSize?: number;
  /** Hears of every outcome and every trouble; must not throw. */
  readonly onEvent?: (event: WorkerEvent) => void;
}

const rateLimitRule: OptionRule = (value) => {
  if (typeof value !== 'object' || value === null) return 'must be { max, durationMs }';
  const whole = wholeNumber(1);
  return 'max' in value && 'durationMs' in value && Object.keys(value).length === 2
    ? (whole(value.max) ?? whole(value.durationMs))
    : 'must be { max, durationMs }';
};

const classesRule: OptionRule = (value) =>
  typeof value === 'object' && value !== null && 'Queue' in value && 'Worker' in value
    ? undefined
    : "must hold the classes Queue and Worker of 'bullmq'";

export function optionRules(options: BullmqSyncOptions): Readonly<Record<string, OptionRule>> {
  const nameRule: OptionRule = (value) =>
    options.queue === undefined ? nonEmptyText(value) : 'is that of the given queue';
  return {
    engine: hasMethods('sync', 'claimDue', 'arm'),
    connection: (value) => {
      if (value === undefined) return options.queue === undefined ? 'or queue must be given' : undefined;
      return typeof value === 'object' && value !== null
        ? undefined
        : 'must be ioredis options or an instance';
    },
    queue: optional(hasMethods('addBulk', 'getJobState', 'getDeduplicationJobId', 'removeDeduplicationKey')),
    bullmq: optional(classesRule),
    queueName: optional(nameRule),
    prefix: optional(nameRule),
    enqueueTimeoutMs: optional(wholeNumber(1)),
    lockMs: optional(wholeNumber(1_000)),
    rateLimit: optional(rateLimitRule),
    sweepBatchSize: optional(wholeNumber(1, 10_000)),
    onEvent: optional(isFunction),
  };
}
