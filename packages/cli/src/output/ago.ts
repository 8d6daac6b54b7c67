const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const;

/** A time that has passed, in its largest unit. */
export function ago(ms: number): string {
  const [unit, unitMs] = units.find(([, size]) => ms >= size) ?? ['s', 1_000];
  return `${Math.floor(ms / unitMs)} ${unit}`;
}
