const WINDOW_MS = 60_000;

/** Counts requests in a sliding window of 60 s. */
export interface RateLimit {
  /** Null: taken. Else the wait in milliseconds until one would be taken. */
  take(nowMs: number): number | null;
}

/** The strictest reading of "100 requests per 60 seconds": no window of a minute holds more. Refused ones do not count. */
export function createRateLimit(perMinute: number): RateLimit {
  let taken: number[] = [];
  return {
    take(nowMs) {
      taken = taken.filter((atMs) => atMs > nowMs - WINDOW_MS);
      const [oldest] = taken;
      if (oldest !== undefined && taken.length >= perMinute) return oldest + WINDOW_MS - nowMs;
      taken.push(nowMs);
      return null;
    },
  };
}
