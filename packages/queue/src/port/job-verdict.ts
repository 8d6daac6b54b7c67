import type { SyncReport } from '@visanet/cbb-sync';

/** Why a worker takes no more jobs until a person has acted. */
export type Halt =
  | { readonly reason: 'key_rejected' | 'sync_disabled' }
  /** The store cannot be used as it is set up; the message is the store's. */
  | { readonly reason: 'misconfigured'; readonly message: string };

/** What an adapter does with a job after its run; its whole vocabulary. */
export type JobVerdict =
  | { readonly kind: 'done'; readonly report: SyncReport }
  /** Ended for good: keep it visible, never run it again by itself. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** The engine set the time; costs none of the queue's own attempts. */
  | { readonly kind: 'later'; readonly afterMs: number }
  /** No outcome: the adapter's own backoff. */
  | { readonly kind: 'errored'; readonly error: string; readonly afterMs: number }
  /** The run was cut short by a stop: give the job back. */
  | { readonly kind: 'released'; readonly afterMs: 0 }
  /** Give the job back and take no more. */
  | ({ readonly kind: 'halted'; readonly afterMs: number } & Halt);
