import { type Clock, systemClock } from '../ports/clock.ts';

/** Runs a task at once and again after each pause, never two at a time; the returned function ends it. */
export function repeatUntilStopped(
  task: () => Promise<void>,
  intervalMs: number,
  clock: Clock = systemClock,
): () => void {
  let stopped = false;
  let cancel = () => {};
  const run = async () => {
    await task();
    if (!stopped) cancel = clock.schedule(intervalMs, run);
  };
  void run();
  return () => {
    stopped = true;
    cancel();
  };
}
