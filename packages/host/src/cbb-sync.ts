import type {
  DrivenQueueAdapter,
  EnqueueResult,
  EnqueueSums,
  RunDueOptions,
  RunDueResult,
  StopOptions,
  StopResult,
  SweepResult,
} from '@visanet/cbb-queue';
import type { ResultAsync } from 'neverthrow';
import type { CbbParts } from './compose/parts.ts';
import type { HostError } from './errors/host-error.ts';
import type { HostSettings } from './settings/host-settings.ts';

/** The host's transaction, as pg-boss takes it: `{ executeSql: (text, values) => client.query(text, values) }`. */
export interface Transaction {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

export interface EnqueueOptions {
  /** pg-boss: the job exists if and only if this transaction commits. */
  readonly db?: Transaction;
}

export interface StartWorkerOptions {
  /** Time between two sweeps for due orders, in milliseconds; 0 turns them off. @default 30000 */
  readonly sweepIntervalMs?: number;
  /** Hear of new and changed orders over `DATABASE_DIRECT_URL`, where that is set. @default true */
  readonly listen?: boolean;
  /** Ends the wait for a service or a database that is away at the start. */
  readonly signal?: AbortSignal;
}

export interface ReadyOptions {
  /** How often a service that is away is asked, while nobody stored contract and account. @default 5 */
  readonly tries?: number;
  readonly signal?: AbortSignal;
}

/** An adapter, whichever queue it stands on. */
export type HostQueue = DrivenQueueAdapter<EnqueueOptions>;

/** The whole sync of one process. Every failure is a value. */
export interface CbbSync {
  readonly settings: HostSettings;
  readonly queue: HostQueue;
  /**
   * What stands on contract and account: client, store, engine. They are those that the database keeps, which the service
   * proves before the first write, or where nobody started yet, those that it proves now. The first call looks, later
   * ones share its answer.
   */
  ready(options?: ReadyOptions): ResultAsync<CbbParts, HostError>;
  /**
   * Takes orders until `stop`, `close`, or `worker-halted`. While the database is away, or the service where neither
   * contract nor account is stored, it waits, tells `database-awaited` or `service-awaited`, and asks again.
   */
  startWorker(options?: StartWorkerOptions): ResultAsync<void, HostError>;
  /** Says that an order is new or changed; needs no answer of the service. What fails is found by the sweep. */
  enqueue(orderId: string, options?: EnqueueOptions): ResultAsync<EnqueueResult, HostError>;
  enqueueMany(orderIds: readonly string[], options?: EnqueueOptions): ResultAsync<EnqueueSums, HostError>;
  /** Enqueues every due order once. */
  sweep(): ResultAsync<SweepResult, HostError>;
  /**
   * Works due orders within a time budget, without a worker: for cron and serverless functions. What database and service
   * take to answer is of the budget, too.
   */
  runDue(options: RunDueOptions): ResultAsync<RunDueResult, HostError>;
  /** Ends the worker in bounded time; enqueues still work. */
  stop(options?: StopOptions): ResultAsync<StopResult, HostError>;
  /** `stop`, then queue, limiter and pool, as far as they were opened here, in this order. Safe to call twice. */
  close(options?: StopOptions): ResultAsync<StopResult, HostError>;
}
