import { setTimeout as delay } from 'node:timers/promises';
import type { Host, OrderChange } from './open-host.ts';

/**
 * Makes the changes spread evenly over the given time: one after another, or in some lanes of which each is in order.
 */
export async function makeChanges(
  host: Host,
  changes: readonly OrderChange[],
  durationMs: number,
  lanes = 1,
): Promise<void> {
  const startedAt = performance.now();
  async function makeEach(lane: number): Promise<void> {
    for (const [index, change] of changes.entries()) {
      if (index % lanes !== lane) continue;
      const dueInMs = startedAt + (index / changes.length) * durationMs - performance.now();
      if (dueInMs > 0) await delay(dueInMs);
      await host.apply(change);
    }
  }
  await Promise.all(Array.from({ length: lanes }, (_, lane) => makeEach(lane)));
}
