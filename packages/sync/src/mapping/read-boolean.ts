import { missing, problem, type Reading, value } from './reading.ts';

const words: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

export function readBoolean(raw: unknown): Reading<boolean> {
  if (raw === null || raw === undefined) return missing;
  if (typeof raw === 'boolean') return value(raw);
  if (typeof raw !== 'string' && typeof raw !== 'number') return problem('not_a_boolean');
  const found = words.get(String(raw).trim().toLowerCase());
  return found === undefined ? problem('not_a_boolean') : value(found);
}
