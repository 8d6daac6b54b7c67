import type { QueueOptions } from './ensure-queue.ts';
import type { workOptions } from './work-jobs.ts';

/** The parts of pg-boss that the adapter uses; any instance of this shape will do. */

/** A database handle of pg-boss's, e.g. from `fromKnex(transaction)` or written by hand. */
export interface PgBossDatabase {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

export interface PgBossJobLike {
  readonly id: string;
  readonly data: unknown;
  readonly retryCount: number;
  readonly signal: AbortSignal;
}

export interface PgBossJobResult {
  id: string;
  status: 'completed' | 'failed' | 'deadletter';
  output: object;
}

export interface PgBossLike {
  upsert(
    name: string,
    data: object,
    options: { singletonKey: string; startAfter?: number; db?: PgBossDatabase },
  ): Promise<{ readonly inserted: number }>;
  findJobs(
    name: string,
    options: { key?: string; queued: true; limit: number; db?: PgBossDatabase },
  ): Promise<readonly unknown[]>;
  getDb(): PgBossDatabase;
  work(
    name: string,
    options: ReturnType<typeof workOptions>,
    handler: (jobs: PgBossJobLike[]) => Promise<PgBossJobResult[]>,
  ): Promise<string>;
  notifyWorker(workerId: string): void;
  offWork(name: string, options: { id: string; wait: boolean }): Promise<void>;
  getQueue(
    name: string,
  ): Promise<{ readonly policy?: string; readonly heartbeatSeconds?: number | null } | null>;
  createQueue(name: string, options: QueueOptions): Promise<void>;
  updateQueue(name: string, options: { heartbeatSeconds: number }): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
}
