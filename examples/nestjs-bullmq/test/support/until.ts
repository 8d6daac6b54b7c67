import { setTimeout as pause } from 'node:timers/promises';

const pollMs = 50;

/** Asks until the answer is true; throws with `what` when the deadline passes. */
export async function until(what: string, check: () => Promise<boolean>, deadlineMs = 30_000): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(`In ${deadlineMs} ms it did not come true that ${what}.`);
    await pause(pollMs);
  }
}
