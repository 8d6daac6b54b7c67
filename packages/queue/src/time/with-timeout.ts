import { type Clock, systemClock } from '@visanet/cbb-sync';

/** Rejects with code `ETIMEDOUT` when the promise takes longer. */
export async function withTimeout<T>(
  promise: Promise<T>,
  limitMs: number,
  clock: Clock = systemClock,
): Promise<T> {
  let cancel = () => {};
  const timeout = new Promise<never>((_resolve, reject) => {
    const error = Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' });
    cancel = clock.schedule(limitMs, () => reject(error));
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    cancel();
  }
}
