/** Exponential with equal jitter: half of the step is certain, half is drawn. `failures` counts from 1. */
export function backoffMs(
  failures: number,
  rules: { readonly backoffBaseMs: number; readonly backoffMaxMs: number },
  random: () => number,
): number {
  return spreadMs(
    Math.min(rules.backoffMaxMs, rules.backoffBaseMs * 2 ** Math.min(failures - 1, 30)),
    random,
  );
}

/** Half of a time is certain, half is drawn, so that those who wait for the same thing do not come back together. */
export function spreadMs(ms: number, random: () => number): number {
  return Math.round(ms * (0.5 + random() / 2));
}
