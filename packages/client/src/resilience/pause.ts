import type { Clock } from './clock.ts';

/** How a call is refused meanwhile: as one that was not sent, which proves nothing new against the service. */
export type PauseReason = 'rate_limited' | 'circuit_open';

/** The wait that the service asked for last; it holds for every call of the client. */
export interface Pause {
  waitMs(): number;
  readonly reason: () => PauseReason;
  /** Whether it lasts longer than before. */
  extend(durationMs: number, reason: PauseReason): boolean;
}

export function createPause(clock: Clock): Pause {
  let until = Number.NEGATIVE_INFINITY;
  let lastReason: PauseReason = 'rate_limited';
  return {
    waitMs: () => Math.max(0, until - clock.now()),
    reason: () => lastReason,
    extend(durationMs, reason) {
      const end = clock.now() + durationMs;
      if (end <= until) return false;
      until = end;
      lastReason = reason;
      return true;
    },
  };
}
