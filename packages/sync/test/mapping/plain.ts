import type { Reading } from '../../src/mapping/reading.ts';

/** The value itself, `missing`, or the problem. */
export function plain(reading: Reading): unknown {
  if (reading.kind === 'value') return reading.value;
  return reading.kind === 'missing' ? 'missing' : `problem: ${reading.problem}`;
}
