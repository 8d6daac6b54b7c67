import { delay } from './delay.ts';
import type { Host, OrderChange } from './open-host.ts';

/** Makes the changes one after another, spread evenly over the given time. */
export async function makeChanges(
  host: Host,
  changes: readonly OrderChange[],
  durationMs: number,
): Promise<void> {
  const startedAt = performance.now();
  for (const [index, change] of changes.entries()) {
    const dueInMs = startedAt + (index / changes.length) * durationMs - performance.now();
    if (dueInMs > 0) await delay(dueInMs);
    await host.apply(change);
  }
}
