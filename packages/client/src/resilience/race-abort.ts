import { type Clock, longestDelayMs } from './clock.ts';

export type Race<T> =
  | { readonly kind: 'settled'; readonly value: T }
  | { readonly kind: 'timeout' | 'aborted' };

/**
 * Waits for the work, the time or the signal, whichever ends first; a rejection of the work is passed on.
 * `onCut` runs when the work is left behind, before anything else can happen.
 */
export function raceAbort<T>(
  work: Promise<T>,
  limits: {
    readonly clock: Clock;
    readonly timeoutMs: number;
    readonly signal: AbortSignal | undefined;
    readonly onCut?: () => void;
  },
): Promise<Race<T>> {
  return new Promise((resolve, reject) => {
    const { signal } = limits;
    const cut = (kind: 'timeout' | 'aborted') => {
      release();
      limits.onCut?.();
      resolve({ kind });
    };
    const onAbort = () => cut('aborted');
    const cancel = limits.clock.schedule(Math.min(limits.timeoutMs, longestDelayMs), () => cut('timeout'));
    const release = () => {
      cancel();
      signal?.removeEventListener('abort', onAbort);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    work.then(
      (value) => {
        release();
        resolve({ kind: 'settled', value });
      },
      (reason) => {
        release();
        reject(reason);
      },
    );
    if (signal?.aborted) onAbort();
  });
}
