import type { workerOptions } from './work-jobs.ts';

/** The parts of BullMQ that the adapter uses, the same in 5 and 6; any class of this shape will do. */

export interface BullmqJobLike {
  readonly id?: string | undefined;
  readonly data: unknown;
  readonly attemptsMade: number;
  moveToDelayed(timestamp: number, token?: string): Promise<void>;
}

export interface BullmqQueueLike {
  readonly name: string;
  toKey(type: string): string;
  readonly opts: { readonly connection?: object; readonly prefix?: string };
  addBulk(jobs: { name: string; data: object; opts: object }[]): Promise<Pick<BullmqJobLike, 'id'>[]>;
  getJob(jobId: string): Promise<{ promote(): Promise<void> } | undefined>;
  removeDeduplicationKey(id: string): Promise<number>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
  /** Of BullMQ 6 only. */
  getBackend?(): unknown;
  close(): Promise<void>;
}

interface BullmqWorkerLike {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'lockRenewalFailed', listener: (jobIds: string[]) => void): unknown;
  waitUntilReady(): Promise<unknown>;
  cancelJob(jobId: string, reason?: string): boolean;
  pause(doNotWaitActive?: boolean): Promise<void>;
  close(force?: boolean): Promise<void>;
}

/** What `import { Queue, Worker } from 'bullmq'` gives. */
export interface BullmqClasses {
  readonly Queue: new (name: string, options: { connection: object; prefix: string }) => BullmqQueueLike;
  readonly Worker: new (
    name: string,
    processor: (job: BullmqJobLike, token?: string, signal?: AbortSignal) => Promise<unknown>,
    options: ReturnType<typeof workerOptions> & { connection: object },
  ) => BullmqWorkerLike;
}
