import { type Clock, systemClock } from '@visanet/cbb-sync';

/** Waits for the promise, but not longer; a rejection counts as an end. */
export function endsWithin(
  promise: Promise<unknown>,
  limitMs: number,
  clock: Clock = systemClock,
): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = clock.schedule(limitMs, () => resolve(false));
    const ended = () => {
      cancel();
      resolve(true);
    };
    promise.then(ended, ended);
  });
}
