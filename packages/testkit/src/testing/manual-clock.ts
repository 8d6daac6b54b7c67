import type { Clock } from '@visanet/cbb-sync';
import { refuseUnknown } from '../simulator/refuse-unknown.ts';

/** Time that passes only when it is told to. */
export interface ManualClock extends Clock {
  /** Milliseconds since 1970 that go with `now`. */
  wallNowMs(): number;
  /** Lets time pass; what falls due runs in its order, each with the time it was due. */
  advance(durationMs: number): Promise<void>;
}

export interface ManualClockOptions {
  /** Milliseconds since 1970 at the start. @default 2025-08-20T10:00:00Z */
  readonly startMs?: number;
}

export function createManualClock(options: ManualClockOptions = {}): ManualClock {
  refuseUnknown(options, ['startMs'], 'manual clock');
  const { startMs = Date.UTC(2025, 7, 20, 10) } = options;
  const timers = new Set<{ readonly dueMs: number; readonly callback: () => void }>();
  let nowMs = 0;

  function nextDue(untilMs: number) {
    let next: { readonly dueMs: number; readonly callback: () => void } | undefined;
    for (const timer of timers) {
      if (timer.dueMs <= untilMs && (next === undefined || timer.dueMs < next.dueMs)) next = timer;
    }
    return next;
  }

  return {
    now: () => nowMs,
    wallNowMs: () => startMs + nowMs,
    schedule(delayMs, callback) {
      const timer = { dueMs: nowMs + Math.max(0, delayMs), callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(durationMs) {
      const untilMs = nowMs + durationMs;
      await settle();
      for (let timer = nextDue(untilMs); timer !== undefined; timer = nextDue(untilMs)) {
        timers.delete(timer);
        nowMs = timer.dueMs;
        timer.callback();
        await settle();
      }
      nowMs = untilMs;
    },
  };
}

/** One turn of the event loop: promises that are ready go on, and schedule what comes next. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
