/** Time as the client needs it; inject another in tests. Only durations are ever derived from it. */
export interface Clock {
  /** Milliseconds on a clock that never goes backwards. */
  now(): number;
  /** Calls back once after `delayMs`; the returned function cancels. */
  schedule(delayMs: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  schedule(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** The longest delay that a timer takes; a longer one would fire at once. */
export const longestDelayMs = 2 ** 31 - 1;
