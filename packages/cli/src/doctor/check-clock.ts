import { type Check, ok, warning } from './check.ts';

/** Queues time retries by the machine's clock, and the dates of a service are whole seconds. */
const tolerableMs = 5_000;

export interface ClockReading {
  /** Whose clock it is. */
  readonly of: string;
  /** How far it is ahead of this machine's. */
  readonly aheadMs: number;
}

export function checkClock(readings: readonly ClockReading[]): readonly Check[] {
  const off = readings.filter(({ aheadMs }) => Math.abs(aheadMs) > tolerableMs);
  if (readings.length === 0) return [];
  if (off.length === 0) return [ok('clock', `agrees with ${readings.map((each) => each.of).join(' and ')}`)];
  return off.map(({ of, aheadMs }) =>
    warning(
      'clock',
      `${Math.round(Math.abs(aheadMs) / 1_000)} s ${aheadMs > 0 ? 'behind' : 'ahead of'} that of ${of}`,
      'set the clock by a time service',
    ),
  );
}
