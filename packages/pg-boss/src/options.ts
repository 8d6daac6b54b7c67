import {
  hasMethods,
  isFunction,
  type OptionRule,
  optional,
  type SyncEngine,
  type WorkerEvent,
  wholeNumber,
} from '@visanet/cbb-sync';
import type { PgBossLike } from './pg-boss-types.ts';

export interface PgBossSyncOptions {
  readonly engine: SyncEngine;
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
  /**
   * Orders that one step of a sweep takes from the store.
   * @default 100
   */
  readonly sweepBatchSize?: number;
  /** Hears of every outcome and every trouble; must not throw. */
  readonly onEvent?: (event: WorkerEvent) => void;
}

const queueNameRule: OptionRule = (value) =>
  typeof value === 'string' && /^[\w.-]{1,64}$/.test(value)
    ? undefined
    : 'must have 1 to 64 letters, digits, or the signs _ - .';

export const optionRules: Readonly<Record<string, OptionRule>> = {
  engine: hasMethods('sync', 'claimDue', 'arm'),
  boss: hasMethods('upsert', 'work', 'offWork', 'getQueue', 'createQueue', 'updateQueue', 'on', 'off'),
  queueName: optional(queueNameRule),
  pollingIntervalMs: optional(wholeNumber(500)),
  sweepBatchSize: optional(wholeNumber(1, 10_000)),
  onEvent: optional(isFunction),
};

/** A mistyped `db` would enqueue outside of the transaction without a word. */
export const enqueueOptionRules: Readonly<Record<string, OptionRule>> = {
  db: optional(hasMethods('executeSql')),
};
