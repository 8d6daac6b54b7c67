import type { Clock } from '../src/index.ts';

export interface ManualClock extends Clock {
  /** Timers that are set and neither fired nor cancelled. */
  pending(): number;
  advance(durationMs: number): void;
  /** Lets time jump from timer to timer until the work is done. */
  settle<T>(work: PromiseLike<T>): Promise<T>;
}

/** Resolves when everything has run that needs no timer. */
const idle = () => new Promise<void>((resolve) => setImmediate(resolve));

export function createManualClock(): ManualClock {
  let time = 0;
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  const next = () => [...timers].sort((a, b) => a.at - b.at)[0];
  const advanceTo = (end: number) => {
    for (let timer = next(); timer !== undefined && timer.at <= end; timer = next()) {
      time = Math.max(time, timer.at);
      timers.delete(timer);
      timer.callback();
    }
    time = Math.max(time, end);
  };
  return {
    now: () => time,
    schedule(delayMs, callback) {
      const timer = { at: time + delayMs, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    pending: () => timers.size,
    advance: (durationMs) => advanceTo(time + durationMs),
    async settle(work) {
      let done = false;
      const finish = () => {
        done = true;
      };
      work.then(finish, finish);
      for (await idle(); !done; await idle()) {
        const timer = next();
        if (timer === undefined) throw new Error('the work waits for something that is no timer');
        advanceTo(timer.at);
      }
      return work;
    },
  };
}
