export interface RetryPolicy {
  /** Requests per call at most, the first included. */
  readonly attempts: number;
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
}

/** Ceiling of the delay after the given attempt (1 is the first): doubled each time, capped. */
export function backoffCeilingMs(policy: RetryPolicy, attempt: number): number {
  return Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (attempt - 1));
}

/** Full jitter: evenly spread below the ceiling, so that clients which failed together do not return together. */
export function backoffDelayMs(policy: RetryPolicy, attempt: number, random: () => number): number {
  return Math.round(random() * backoffCeilingMs(policy, attempt));
}
