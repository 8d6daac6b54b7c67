import type { HostWorkerEvent } from '@visanet/cbb-host';
import type { ListenState } from '@visanet/cbb-postgres';
import type { SyncEvent } from '@visanet/cbb-sync';
import type { CliIo } from '../io.ts';
import { type EventLine, engineLine, type LineValues, type LogLevel, workerLine } from './event-lines.ts';
import { createRepeats } from './repeats.ts';

export type LogFormat = 'json' | 'text';

/** One line per event on stderr. What goes on and on is told at once, and then at growing intervals. */
export interface EventLog {
  log(level: LogLevel, event: string, values?: LineValues): void;
  worker(event: HostWorkerEvent): void;
  engine(event: SyncEvent): void;
  /** State of the connection over which the database announces orders. */
  listen(state: ListenState): void;
}

function textOf(values: LineValues): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${/\s/.test(String(value)) ? JSON.stringify(value) : value}`)
    .join(' ');
}

const unheard =
  'the direct connection to the database is lost: until it is back, only the sweep finds new orders';

/** @param now milliseconds of a clock that only goes forward */
export function createEventLog(
  io: Pick<CliIo, 'stderr'>,
  format: LogFormat,
  now: () => number = () => performance.now(),
): EventLog {
  const repeats = createRepeats(now);

  function log(level: LogLevel, event: string, values: LineValues = {}): void {
    const kept = Object.fromEntries(
      Object.entries(values).filter(([, value]) => value !== null && value !== ''),
    );
    const time = new Date().toISOString();
    const line =
      format === 'json'
        ? JSON.stringify({ time, level, event, ...kept })
        : `${time} ${level.padEnd(5)} ${event} ${textOf(kept)}`.trimEnd();
    io.stderr(`${line}\n`);
  }

  function tell(event: string, line: EventLine | null): void {
    if (line === null) return;
    if (line.ends !== undefined) repeats.end(line.ends);
    const repeat = line.goesOn === undefined ? { times: 1, forMs: 0 } : repeats.meet(line.goesOn);
    if (repeat === null || line.level === null) return;
    const since = repeat.times === 1 ? {} : { times: repeat.times, forMs: Math.round(repeat.forMs) };
    log(line.level, event, { ...line.values, ...since });
  }

  return {
    log,
    worker: (event) => tell(event.kind, workerLine(event)),
    engine: (event) => tell(event.kind, engineLine(event)),
    listen(state) {
      if (state === 'disconnected') {
        tell(state, { level: 'warn', values: { message: unheard }, goesOn: state });
        return;
      }
      const lostMs = repeats.end('disconnected');
      log('info', state, lostMs === null ? {} : { lostForMs: Math.round(lostMs) });
    },
  };
}
