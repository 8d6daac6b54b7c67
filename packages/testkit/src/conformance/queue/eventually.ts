import { setTimeout as pause } from 'node:timers/promises';

/** Asks again and again until the answer is true; fails with `what` after the deadline. */
export async function eventually(
  what: string,
  check: () => boolean | Promise<boolean>,
  deadlineMs = 15_000,
): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  while (!(await check())) {
    if (performance.now() > deadline) throw new Error(`Not within ${deadlineMs} ms: ${what}`);
    await pause(10);
  }
}
