import type { Clock } from './clock.ts';

/** What one call may still spend. */
export interface Budget {
  readonly signal: AbortSignal | undefined;
  readonly maxWaitMs: number;
  /** Time until the call's deadline; 0 or less: used up. */
  remainingMs(): number;
}

export function createBudget(
  clock: Clock,
  limits: { readonly signal?: AbortSignal; readonly deadlineMs: number; readonly maxWaitMs: number },
): Budget {
  const deadline = clock.now() + limits.deadlineMs;
  return {
    signal: limits.signal,
    maxWaitMs: limits.maxWaitMs,
    remainingMs: () => deadline - clock.now(),
  };
}
