import type { WorkerEvent } from '@visanet/cbb-queue';
import type { SyncEvent } from '@visanet/cbb-sync';
import type { CliIo } from '../io.ts';

export type LogFormat = 'json' | 'text';
export type LogLevel = 'info' | 'warn' | 'error';

type Values = Readonly<Record<string, string | number | boolean | null>>;

/** One line per event on stderr. */
export interface EventLog {
  log(level: LogLevel, event: string, values?: Values): void;
  worker(event: WorkerEvent): void;
  engine(event: SyncEvent): void;
}

interface Line {
  readonly level: LogLevel;
  readonly values: Values;
}

const halted = {
  key_rejected: 'the service rejects the key; check CBB_API_KEY, then start the worker again',
  sync_disabled: 'the sync is switched off',
} as const;

function workerLine(event: WorkerEvent): Line | null {
  switch (event.kind) {
    case 'job-finished': {
      const { report } = event;
      const { orderId, outcome, status, reason, failure, phone, calls, next } = report;
      const again = next.kind === 'retry' || next.kind === 'defer' ? next.afterMs : null;
      const missing = report.missingFields.join(',');
      const level = outcome === 'failed' ? 'error' : outcome === 'partial' ? 'warn' : 'info';
      return {
        level,
        values: { orderId, outcome, status, reason, failure, missing, phone, calls, againInMs: again },
      };
    }
    case 'job-errored': {
      const { orderId, error, willRetry } = event;
      return { level: willRetry ? 'warn' : 'error', values: { orderId, error, willRetry } };
    }
    case 'job-rejected':
      return { level: 'error', values: { jobId: event.jobId, reason: event.reason } };
    case 'worker-halted':
      return { level: 'error', values: { reason: event.reason, message: halted[event.reason] } };
    case 'sweep-finished':
      return event.result.claimed === 0 ? null : { level: 'info', values: { ...event.result } };
    case 'sweep-failed':
    case 'queue-errored':
      return { level: 'warn', values: { error: event.error.kind, message: event.error.message } };
    case 'stray-key-repaired':
      return { level: 'warn', values: { orderId: event.orderId } };
  }
}

function engineLine(event: SyncEvent): Line | null {
  switch (event.kind) {
    // The worker's own events tell these two.
    case 'sync-finished':
    case 'key-rejected':
      return null;
    case 'field-unusable':
      return {
        // Columns that may not be null hold empty texts for absent values: nothing is wrong with those.
        level: event.problem === 'empty' ? 'info' : 'warn',
        values: { orderId: event.orderId, field: event.field, problem: event.problem },
      };
    case 'identity-drift':
      return {
        level: 'warn',
        values: { orderId: event.orderId, phone: event.phone, fields: event.fields.join(',') },
      };
    case 'contact-orphaned':
      return { level: 'warn', values: { orderId: event.orderId } };
    case 'lease-lost':
      return { level: 'warn', values: { orderId: event.orderId, phone: event.phone } };
    case 'erasure-completed':
      return { level: 'warn', values: { remaining: event.remaining.join(',') } };
  }
}

function textOf(values: Values): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${/\s/.test(String(value)) ? JSON.stringify(value) : value}`)
    .join(' ');
}

export function createEventLog(io: Pick<CliIo, 'stderr'>, format: LogFormat): EventLog {
  function log(level: LogLevel, event: string, values: Values = {}): void {
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
  const tell = (event: string, line: Line | null) => {
    if (line !== null) log(line.level, event, line.values);
  };
  return {
    log,
    worker: (event) => tell(event.kind, workerLine(event)),
    engine: (event) => tell(event.kind, engineLine(event)),
  };
}
