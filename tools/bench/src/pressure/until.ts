import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 20;

/** Whether it came true in time. */
export async function until(holds: () => boolean | Promise<boolean>, patienceMs: number): Promise<boolean> {
  for (const deadline = Date.now() + patienceMs; ; await delay(pollMs)) {
    if (await holds()) return true;
    if (Date.now() > deadline) return false;
  }
}
