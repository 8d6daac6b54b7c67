import type { Clock } from '../ports/clock.ts';

export function waitMs(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.schedule(ms, resolve);
  });
}
