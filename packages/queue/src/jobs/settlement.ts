import type { JobVerdict } from '../port/job-verdict.ts';
import { parseSyncJob } from './sync-job.ts';

/** What a queue does with a job in hand; all that it may keep of the outcome is in it. */
export type Settlement =
  | { readonly kind: 'complete'; readonly output: object }
  /** Ended for good: keep it where a person finds it. */
  | { readonly kind: 'bury'; readonly reason: string }
  /** No outcome: one of the queue's own attempts is spent. */
  | { readonly kind: 'retry'; readonly reason: string; readonly afterMs: number }
  /** Costs no attempt. After `later` an enqueue during the run must not wait as long as the run that failed. */
  | {
      readonly kind: 'again';
      readonly orderId: string;
      readonly afterMs: number;
      readonly outcome: 'later' | 'released' | 'halted';
    };

/** @param data what the queue handed out with the job */
export function settlementOf(verdict: JobVerdict, data: unknown): Settlement {
  switch (verdict.kind) {
    case 'done':
      return {
        kind: 'complete',
        output: { outcome: verdict.report.outcome, status: verdict.report.status },
      };
    case 'failed':
      return { kind: 'bury', reason: verdict.reason };
    case 'errored':
      return { kind: 'retry', reason: verdict.error, afterMs: verdict.afterMs };
    case 'later':
    case 'released':
    case 'halted': {
      const parsed = parseSyncJob(data);
      if (parsed.kind === 'rejected') return { kind: 'bury', reason: parsed.reason };
      return { kind: 'again', orderId: parsed.orderId, afterMs: verdict.afterMs, outcome: verdict.kind };
    }
  }
}
