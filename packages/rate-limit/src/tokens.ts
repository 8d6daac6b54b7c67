/** What a store does for a limit: it knows when the next request may start, and whose turn it is then, by its own clock. */
export interface Tokens {
  /** Takes the next request for the asker, or tells the time until one can be taken: 0 means taken. */
  take(key: string): Promise<number>;
  /** Lets nobody take one for this time; never shortens what holds already. */
  hold(key: string, durationMs: number): Promise<void>;
}

export interface TokenTimes {
  /** Between two requests. */
  readonly spacingMs: number;
  /** How long the one whose turn it is goes first; afterwards anybody does. */
  readonly graceMs: number;
  /** No wait counts as longer: a clock that was set back must not hold everybody. */
  readonly longestMs: number;
}

/** Long enough for a timer and a way to the store; never longer than one request is worth. */
const mostGraceMs = 250;

export function tokenTimes(requestsPerMinute: number, maxRetryAfterMs: number): TokenTimes {
  const spacingMs = Math.ceil(60_000 / requestsPerMinute);
  return {
    spacingMs,
    graceMs: Math.min(mostGraceMs, spacingMs),
    longestMs: Math.max(spacingMs, maxRetryAfterMs),
  };
}
