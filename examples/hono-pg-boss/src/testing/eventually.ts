import { setTimeout as delay } from 'node:timers/promises';

const limitMs = 20_000;

/** Asks again until the answer is there; the error says what was waited for. */
export async function eventually(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for: ${what}.`);
    await delay(20);
  }
}
