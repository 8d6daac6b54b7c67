import { createRequire } from 'node:module';
import {
  errorCode,
  peerMissing,
  type QueueAdapterOptions,
  type QueueError,
  queueAdapterRules,
  queueAdapterSettings,
  queueUnavailable,
  serverConnection,
  syncQueueName,
} from '@visanet/cbb-queue';
import {
  hasClasses,
  hasCounts,
  hasMethods,
  isObject,
  nonEmptyText,
  type OptionRules,
  optional,
  rule,
  wholeNumber,
} from '@visanet/cbb-sync';
import type { BullmqClasses, BullmqQueueLike } from './bullmq-types.ts';

export interface BullmqSyncOptions extends QueueAdapterOptions {
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
  /** How long a worker may be silent until its job is handed to another, in milliseconds. @default the engine's `leaseMs` */
  readonly lockMs?: number;
  /**
   * Job starts across all workers of the queue; every worker must have the same. It is a coarse guard: one
   * sync makes several requests, and the limit that matters is the client's.
   * @default { max: 1000, durationMs: 1000 }
   */
  readonly rateLimit?: { readonly max: number; readonly durationMs: number };
}

export function optionRules(options: BullmqSyncOptions | null | undefined): OptionRules {
  const { queue, connection }: Partial<BullmqSyncOptions> = options ?? {};
  const nameRule = queue === undefined ? nonEmptyText : rule('is that of the given queue', () => false);
  const noneGiven = queue === undefined && connection === undefined;
  return {
    connection: noneGiven ? rule('or queue must be given', isObject) : optional(serverConnection),
    queue: optional(hasMethods('addBulk', 'removeDeduplicationKey', 'on', 'off')),
    bullmq: optional(hasClasses('Queue', 'Worker')),
    queueName: optional(nameRule),
    prefix: optional(nameRule),
    lockMs: optional(wholeNumber(1_000)),
    rateLimit: optional(hasCounts('max', 'durationMs')),
    ...queueAdapterRules,
  };
}

/** The options with their defaults; what a given queue has is taken from it. */
export function bullmqSettings(options: BullmqSyncOptions) {
  const { queue, rateLimit = { max: 1_000, durationMs: 1_000 } } = options;
  return {
    ...queueAdapterSettings(options, toQueueError),
    connection: options.connection ?? queue?.opts.connection ?? {},
    queueName: queue?.name ?? options.queueName ?? syncQueueName,
    prefix: queue?.opts.prefix ?? options.prefix ?? 'bull',
    lockMs: options.lockMs ?? Math.max(1_000, options.engine.leaseMs),
    rateLimit,
    // The peer is loaded at first use, so that its absence is an error value and not a crash at import.
    classes: (): BullmqClasses => options.bullmq ?? createRequire(import.meta.url)('bullmq'),
  };
}

export type BullmqSettings = ReturnType<typeof bullmqSettings>;

/** Says what BullMQ threw, without a word of the original text. */
export function toQueueError(cause: unknown): QueueError {
  const message = cause instanceof Error ? cause.message : '';
  const peer = message.includes("'ioredis' package") ? 'ioredis' : 'bullmq';
  return peer === 'ioredis' || errorCode(cause) === 'MODULE_NOT_FOUND'
    ? peerMissing('bullmq', peer)
    : queueUnavailable('bullmq', 'Redis', cause);
}
