/** Exponential with equal jitter: half of the step is certain, half is drawn. `failures` counts from 1. */
export function backoffMs(
  failures: number,
  rules: { readonly backoffBaseMs: number; readonly backoffMaxMs: number },
  random: () => number,
): number {
  const step = Math.min(rules.backoffMaxMs, rules.backoffBaseMs * 2 ** Math.min(failures - 1, 30));
  return Math.round(step * (0.5 + random() / 2));
}
