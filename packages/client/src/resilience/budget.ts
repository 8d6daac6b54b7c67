import type { CallLimits } from './call-options.ts';
import type { Clock } from './clock.ts';

/** What one call may still spend. */
export interface Budget {
  readonly signal: AbortSignal | undefined;
  readonly maxWaitMs: number;
  /** Limit of one request. */
  readonly timeoutMs: number;
  /** Time until the call's deadline; 0 or less: used up. */
  remainingMs(): number;
}

export function createBudget(clock: Clock, limits: CallLimits & { readonly signal?: AbortSignal }): Budget {
  const deadline = clock.now() + limits.deadlineMs;
  return {
    signal: limits.signal,
    maxWaitMs: limits.maxWaitMs,
    timeoutMs: limits.timeoutMs,
    remainingMs: () => deadline - clock.now(),
  };
}
