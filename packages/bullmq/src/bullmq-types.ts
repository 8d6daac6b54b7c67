/** The parts of BullMQ that the adapter uses, the same in 5 and 6; any class of this shape will do. */

export interface BullmqJobLike {
  readonly id?: string | undefined;
  readonly data: unknown;
  readonly attemptsMade: number;
  moveToDelayed(timestamp: number, token?: string): Promise<void>;
}

export interface BullmqQueueLike {
  readonly name: string;
  readonly opts: { readonly connection?: object; readonly prefix?: string };
  add(name: string, data: object, options: object): Promise<{ readonly id?: string | undefined }>;
  addBulk(
    jobs: { name: string; data: object; opts: object }[],
  ): Promise<readonly { readonly id?: string | undefined }[]>;
  getJobState(jobId: string): Promise<string>;
  getDeduplicationJobId(id: string): Promise<string | null>;
  removeDeduplicationKey(id: string): Promise<number>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

export interface BullmqWorkerLike {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'lockRenewalFailed', listener: (jobIds: string[]) => void): unknown;
  waitUntilReady(): Promise<unknown>;
  cancelJob(jobId: string, reason?: string): boolean;
  pause(doNotWaitActive?: boolean): Promise<void>;
  close(force?: boolean): Promise<void>;
}

export type BullmqProcessor = (job: BullmqJobLike, token?: string, signal?: AbortSignal) => Promise<unknown>;

export interface BullmqQueueOptions {
  connection: object;
  prefix?: string;
}

export interface BullmqWorkerOptions extends BullmqQueueOptions {
  concurrency: number;
  limiter: { max: number; duration: number };
  lockDuration: number;
  stalledInterval: number;
  maxStalledCount: number;
  maxStartedAttempts: number;
  settings: {
    backoffStrategy(attemptsMade: number, type?: string, error?: Error): number;
  };
}

/** What `import { Queue, Worker } from 'bullmq'` gives. */
export interface BullmqClasses {
  readonly Queue: new (name: string, options: BullmqQueueOptions) => BullmqQueueLike;
  readonly Worker: new (
    name: string,
    processor: BullmqProcessor,
    options: BullmqWorkerOptions,
  ) => BullmqWorkerLike;
}
