import type { Clock } from './clock.ts';

export type PauseReason = 'rate_limited' | 'unavailable';

/** The wait that the service asked for last; it holds for every call of the client. */
export interface Pause {
  waitMs(): number;
  readonly reason: () => PauseReason;
  extend(durationMs: number, reason: PauseReason): void;
}

export function createPause(clock: Clock): Pause {
  let until = Number.NEGATIVE_INFINITY;
  let lastReason: PauseReason = 'rate_limited';
  return {
    waitMs: () => Math.max(0, until - clock.now()),
    reason: () => lastReason,
    extend(durationMs, reason) {
      const end = clock.now() + durationMs;
      if (end <= until) return;
      until = end;
      lastReason = reason;
    },
  };
}
