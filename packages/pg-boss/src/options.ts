import { type QueueAdapterOptions, queueAdapterRules } from '@visanet/cbb-queue';
import { hasMethods, type OptionRules, optional, rule, wholeNumber } from '@visanet/cbb-sync';
import type { PgBossDatabase, PgBossLike } from './pg-boss-types.ts';

export interface PgBossSyncOptions extends QueueAdapterOptions {
  /**
   * A started instance of the host's; it stays open on `close`. pg-boss is ESM only: a CommonJS host makes it
   * with `const { PgBoss } = await import('pg-boss')`.
   */
  readonly boss: PgBossLike;
  /**
   * The name carries a version, because a queue's policy can never be changed.
   * @default 'cbb-sync-v1'
   */
  readonly queueName?: string;
  /**
   * Longest time until a worker sees a job, where notifications are not available, in milliseconds.
   * @default 500, the least that pg-boss allows
   */
  readonly pollingIntervalMs?: number;
}

export interface PgBossEnqueueOptions {
  /** The host's transaction: the job exists if and only if it commits. */
  readonly db?: PgBossDatabase;
}

const isQueueName = (value: unknown) => typeof value === 'string' && /^[\w.-]{1,64}$/.test(value);

export const optionRules: OptionRules = {
  boss: hasMethods(
    'upsert',
    'findJobs',
    'getDb',
    'work',
    'offWork',
    'notifyWorker',
    'getQueue',
    'createQueue',
    'updateQueue',
    'on',
    'off',
  ),
  queueName: optional(rule('must have 1 to 64 letters, digits, or the signs _ - .', isQueueName)),
  pollingIntervalMs: optional(wholeNumber(500)),
  ...queueAdapterRules,
};

/** A mistyped `db` would enqueue outside of the transaction without a word. */
export const enqueueOptionRules: OptionRules = { db: optional(hasMethods('executeSql')) };
