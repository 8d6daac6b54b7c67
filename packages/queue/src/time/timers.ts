import type { Clock } from '@visanet/cbb-sync';

export interface Timers {
  /** Calls back once after `delayMs`, unless all are cancelled before. */
  after(delayMs: number, callback: () => void): void;
  cancelAll(): void;
}

export function createTimers(clock: Clock): Timers {
  const cancels = new Set<() => void>();
  return {
    after(delayMs, callback) {
      const cancel = clock.schedule(delayMs, () => {
        cancels.delete(cancel);
        callback();
      });
      cancels.add(cancel);
    },
    cancelAll() {
      for (const cancel of cancels) cancel();
      cancels.clear();
    },
  };
}
