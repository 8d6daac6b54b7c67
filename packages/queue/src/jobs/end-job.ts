import type { JobVerdict } from '../port/job-verdict.ts';
import { parseSyncJob } from './sync-job.ts';

/** What a queue can do with a job in hand, in its own words; all that it may keep of the outcome is given here. */
export interface JobEnds<R> {
  complete(output: object): Promise<R>;
  /** Ended for good: keep it where a person finds it. */
  bury(reason: string): Promise<R>;
  /** No outcome: one of the queue's own attempts is spent. */
  retry(reason: string, afterMs: number): Promise<R>;
  /** Runs the order again after that time; costs no attempt. */
  again(orderId: string, afterMs: number): Promise<R>;
  /** Whether the order was enqueued during this run; where the queue keeps that for after the job's end, it is taken out. */
  takeFollowUp(orderId: string): Promise<boolean>;
}

/**
 * Does with a job what its verdict says.
 *
 * @param data what the queue handed out with the job
 */
export async function endJob<R>(verdict: JobVerdict, data: unknown, ends: JobEnds<R>): Promise<R> {
  switch (verdict.kind) {
    case 'done':
      return ends.complete({ outcome: verdict.report.outcome, status: verdict.report.status });
    case 'failed':
      return ends.bury(verdict.reason);
    case 'errored':
      return ends.retry(verdict.error, verdict.afterMs);
    case 'later':
    case 'released':
    case 'halted': {
      const parsed = parseSyncJob(data);
      if (parsed.kind === 'rejected') return ends.bury(parsed.reason);
      const { orderId } = parsed;
      // What was enqueued during the run must not wait as long as the run that failed.
      const comesNow = verdict.kind === 'later' && (await ends.takeFollowUp(orderId).catch(() => false));
      return ends.again(orderId, comesNow ? 0 : verdict.afterMs);
    }
  }
}
