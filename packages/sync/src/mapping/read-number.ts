import { problem, type Reading, readNothing, value } from './reading.ts';

const decimal = /^[+-]?\d{1,40}(?:\.\d{1,40})?$/;

export function readNumber(raw: unknown, min: number): Reading<number> {
  const nothing = readNothing(raw);
  if (nothing !== null) return nothing;
  const number = asNumber(raw);
  if (!Number.isFinite(number)) return problem('not_a_number');
  // Beyond, integers are no longer exact.
  if (Math.abs(number) > Number.MAX_SAFE_INTEGER || number < min) return problem('out_of_range');
  return value(number === 0 ? 0 : number);
}

function asNumber(raw: unknown): number {
  if (typeof raw === 'number' || typeof raw === 'bigint') return Number(raw);
  return typeof raw === 'string' && decimal.test(raw.trim()) ? Number(raw) : Number.NaN;
}
