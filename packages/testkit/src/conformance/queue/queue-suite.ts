import type { QueueAdapter, QueueCapabilities, WorkerEvent, WorkerOptions } from '@visanet/cbb-queue';
import type { SyncEngine } from '@visanet/cbb-sync';

/** The two functions of any test runner. A test may take up to 60 s: set the runner's own limit above it. */
export interface QueueTestRunner {
  describe(name: string, body: () => void): unknown;
  it(name: string, body: () => Promise<void>): unknown;
}

export interface QueueSetup {
  readonly engine: SyncEngine;
  readonly onEvent: (event: WorkerEvent) => void;
  /** Fresh for each test; harnesses with the same name share one queue, as processes do. */
  readonly queueName: string;
  /** Only where `sharedRateLimit` is declared. */
  readonly rateLimit?: { readonly max: number; readonly durationMs: number };
}

/** The host's transaction with an enqueue in it. */
export interface QueueTransaction {
  enqueue(orderId: string): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

/** What a test needs of one adapter; the optional parts are those that its capabilities declare, or that it has. */
export interface QueueHarness {
  readonly adapter: QueueAdapter;
  /** Closes the adapter and whatever the harness opened beside it. */
  close(): Promise<void>;
  /** `redrivable`: orders whose job ended for good and is still visible. */
  failedOrders?(): Promise<readonly string[]>;
  /** `redrivable`: runs them again, as an operator would. */
  redrive?(): Promise<void>;
  /** `transactionalEnqueue`. */
  begin?(): Promise<QueueTransaction>;
}

export interface QueueSuiteOptions {
  create(setup: QueueSetup): Promise<QueueHarness>;
  /** As the adapter declares them: a gap skips its tests, never more. */
  readonly capabilities: QueueCapabilities;
  /** Sweeps claim orders in the store, which is the queue itself, instead of asking a queue which it lacks. @default false */
  readonly storeIsQueue?: boolean;
  /** Given to every `startWorker`. @default { concurrency: 5, sweepIntervalMs: 0 } */
  readonly worker?: WorkerOptions;
  /** Everything that the queue has stored, as text. Without it nothing is there to look into, e.g. no queue. */
  dump?(queueName: string): Promise<string>;
  /** Puts a job with foreign data into the queue. */
  plantJob?(queueName: string, data: object): Promise<void>;
  /** Leaves the mark of a job that is gone, as an outage may. */
  plantStrayKey?(queueName: string, orderId: string): Promise<void>;
  /** Runs the order in a worker of another process that is killed in the middle of it. */
  crashWorker?(queueName: string, orderId: string): Promise<void>;
  /** Kills the queue's server and starts it again with its data. */
  restartServer?(): Promise<void>;
  /** The same, but all data is lost. */
  wipeServer?(): Promise<void>;
}
