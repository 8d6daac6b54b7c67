import type { CbbError } from '@visanet/cbb-client';
import type { QueueError, WorkerEvent } from '@visanet/cbb-queue';
import type { SyncEvent } from '@visanet/cbb-sync';

/** What the composition itself tells. */
export type CompositionEvent =
  /**
   * The service does not answer: asked again after the wait. Told of each wait while nobody knows contract and account;
   * where the database keeps them, once until it answers.
   */
  | {
      readonly kind: 'service-awaited';
      readonly cause: CbbError['kind'];
      readonly message: string;
      readonly retryInMs: number;
      /** What a person can do about it; null where nothing is wrong on this side. */
      readonly remedy: string | null;
    }
  /** It does again; the orders that waited are synced now. */
  | { readonly kind: 'service-answered' }
  /** The database does not answer at the start of the worker: asked again after the wait. */
  | { readonly kind: 'database-awaited'; readonly message: string; readonly retryInMs: number }
  /** A standby took over from the database's server: what was learned of contacts in the last ten minutes is void. */
  | { readonly kind: 'failover-adopted'; readonly message: string }
  /** The store of the shared limit does not answer, so nothing is sent. Told once a minute at most. */
  | {
      readonly kind: 'rate-limit-failed';
      readonly store: 'redis' | 'postgres';
      readonly cause: 'store_unavailable' | 'table_missing';
      readonly message: string;
    }
  /** Whether the database's announcements of new and changed orders arrive; the sweep finds what is missed. */
  | { readonly kind: 'announcements'; readonly state: 'listening' | 'disconnected' }
  /** An announced order that could not be enqueued; the sweep finds it. */
  | { readonly kind: 'announced-order-left'; readonly orderId: string; readonly error: QueueError['kind'] }
  /** Settings that are set although nothing in this version acts on them. */
  | { readonly kind: 'settings-without-effect'; readonly names: readonly string[] };

type EngineEvent = Exclude<SyncEvent, { kind: 'sync-finished' }>;
type Finished = Extract<WorkerEvent, { kind: 'job-finished' }>;
type Errored = Extract<WorkerEvent, { kind: 'job-errored' }>;
type Halted = Extract<WorkerEvent, { kind: 'worker-halted' }>;

/** As the parts tell it. */
export type PartEvent = EngineEvent | WorkerEvent | CompositionEvent;

/** What a worker tells, with what a person can do about it. */
export type HostWorkerEvent =
  | Exclude<WorkerEvent, Finished | Errored | Halted>
  /** `remedy` is null where nothing went wrong on this side. */
  | ((Finished | Errored) & { readonly remedy: string | null })
  /** The worker takes no more jobs until a person has done what `message` says. */
  | (Halted & { readonly message: string });

/**
 * Everything that a host can hear, free of customer data but masked phones. A finished sync is told as `job-finished`;
 * what was asked of the engine directly is told by its own answer.
 */
export type HostEvent = EngineEvent | HostWorkerEvent | CompositionEvent;
