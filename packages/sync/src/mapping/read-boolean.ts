import { problem, type Reading, readNothing, value } from './reading.ts';

const words: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

export function readBoolean(raw: unknown): Reading<boolean> {
  const nothing = readNothing(raw);
  if (nothing !== null) return nothing;
  if (typeof raw === 'boolean') return value(raw);
  if (typeof raw !== 'string' && typeof raw !== 'number') return problem('not_a_boolean');
  const found = words.get(String(raw).trim().toLowerCase());
  return found === undefined ? problem('not_a_boolean') : value(found);
}
