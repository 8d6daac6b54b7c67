/** How often something was met since it was last told. */
export interface Repeat {
  readonly times: number;
  /** Time since it was first met. */
  readonly forMs: number;
}

/** Tells what goes on and on at once, and then at growing intervals. */
export interface Repeats {
  /** Null: it was told not long ago. */
  meet(what: string): Repeat | null;
  /** It has passed: how long it lasted; null where it was never met. */
  end(what: string): number | null;
}

const firstIntervalMs = 60_000;
const longestIntervalMs = 3_600_000;

interface Met {
  readonly since: number;
  toldAt: number;
  intervalMs: number;
  times: number;
}

/** @param now milliseconds of a clock that only goes forward */
export function createRepeats(now: () => number): Repeats {
  const met = new Map<string, Met>();
  return {
    meet(what) {
      const at = now();
      const known = met.get(what);
      if (known === undefined) {
        met.set(what, { since: at, toldAt: at, intervalMs: firstIntervalMs, times: 0 });
        return { times: 1, forMs: 0 };
      }
      known.times += 1;
      if (at - known.toldAt < known.intervalMs) return null;
      const repeat = { times: known.times, forMs: at - known.since };
      const intervalMs = Math.min(longestIntervalMs, known.intervalMs * 2);
      Object.assign(known, { toldAt: at, intervalMs, times: 0 });
      return repeat;
    },
    end(what) {
      const known = met.get(what);
      met.delete(what);
      return known === undefined ? null : now() - known.since;
    },
  };
}
