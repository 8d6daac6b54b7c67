import { type Clock, systemClock } from '@visanet/cbb-sync';

/**
 * Runs a task at once and again after each pause, never two at a time; the returned function ends it, and resolves when
 * the run that is under way has ended.
 */
export function repeatUntilStopped(
  task: () => Promise<void>,
  intervalMs: number,
  clock: Clock = systemClock,
): () => Promise<void> {
  let stopped = false;
  let cancel = () => {};
  let running: Promise<void>;
  async function run(): Promise<void> {
    await task();
    if (stopped) return;
    cancel = clock.schedule(intervalMs, () => {
      running = run();
    });
  }
  running = run();
  return () => {
    stopped = true;
    cancel();
    return running;
  };
}
