import type { SyncReport } from '@visanet/cbb-sync';

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
  | {
      readonly kind: 'halted';
      readonly reason: 'key_rejected' | 'sync_disabled';
      readonly afterMs: number;
    };
