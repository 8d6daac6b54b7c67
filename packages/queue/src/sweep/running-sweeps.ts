import { endsWithin } from '../time/ends-within.ts';

/** The sweeps that are under way, so that a stop can end them: between two batches, and before it resolves. */
export interface RunningSweeps {
  run<T>(sweep: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Resolves when they have ended; a queue that does not answer is left after `limitMs`. */
  stop(limitMs: number): Promise<void>;
}

export function createRunningSweeps(): RunningSweeps {
  let stopping = new AbortController();
  const running = new Set<Promise<unknown>>();
  return {
    async run(sweep) {
      const started = sweep(stopping.signal);
      running.add(started);
      try {
        return await started;
      } finally {
        running.delete(started);
      }
    },
    async stop(limitMs) {
      stopping.abort();
      stopping = new AbortController();
      await endsWithin(Promise.allSettled(running), limitMs);
    },
  };
}
