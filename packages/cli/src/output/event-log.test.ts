import type { SyncReport } from '@visanet/cbb-sync';
import { expect, it } from 'vitest';
import { createEventLog } from './event-log.ts';

const minute = 60_000;

function recorded() {
  const lines: Record<string, unknown>[] = [];
  const clock = { now: 0 };
  const log = createEventLog({ stderr: (text) => lines.push(JSON.parse(text)) }, 'json', () => clock.now);
  return { log, lines, clock };
}

it.each([
  ['empty', 'info'],
  ['not_text', 'warn'],
] as const)('tells a field that is unusable for being %s at level %s', (problem, level) => {
  const { log, lines } = recorded();
  log.engine({ kind: 'field-unusable', orderId: 'IL1', field: 'email', problem });
  expect(lines).toMatchObject([{ level, event: 'field-unusable', orderId: 'IL1', field: 'email', problem }]);
});

const report = (overrides: Partial<SyncReport>): SyncReport => ({
  orderId: 'IL1',
  outcome: 'failed',
  status: 'failed',
  next: { kind: 'done' },
  reason: 'network',
  failure: 'network',
  missingFields: [],
  whatsApp: 'unknown',
  phone: null,
  calls: 1,
  ...overrides,
});

it.each([
  ['error', report({})],
  ['warn', report({ status: 'pending', next: { kind: 'retry', afterMs: 5 } })],
  ['warn', report({ status: 'pending', outcome: 'partial', next: { kind: 'retry', afterMs: 5 } })],
  ['error', report({ outcome: 'partial' })],
  ['info', report({ outcome: 'deferred', status: 'pending', next: { kind: 'defer', afterMs: 5 } })],
] as const)('tells the end of an order as an error, its wait as a warning: %s', (level, of) => {
  const { log, lines } = recorded();
  log.worker({ kind: 'job-finished', orderId: 'IL1', report: of, remedy: 'check it' });
  expect(lines).toMatchObject([{ level, remedy: 'check it' }]);
});

it('tells of a lost connection once, with what is lost, then at growing intervals', () => {
  const { log, lines, clock } = recorded();
  for (clock.now = 0; clock.now < 10 * minute; clock.now += 1_000) log.listen('disconnected');
  expect(lines.map(({ forMs = 0 }) => forMs)).toEqual([0, minute, 3 * minute, 7 * minute]);
  expect(lines[0]).toMatchObject({ level: 'warn', message: expect.stringContaining('only the sweep finds') });
  expect(lines[1]).toMatchObject({ times: 60 });
  log.listen('listening');
  expect(lines.at(-1)).toMatchObject({ level: 'info', event: 'listening', lostForMs: 10 * minute });
  log.listen('disconnected');
  expect(lines.at(-1)).toMatchObject({ event: 'disconnected' });
});

it('does the same for a queue, a sweep and a store that are away', () => {
  const { log, lines, clock } = recorded();
  const error = { kind: 'queue_unavailable', message: 'Redis did not answer.', retryable: true } as const;
  const result = { due: 0, enqueued: 0, coalesced: 0, complete: true };
  for (clock.now = 0; clock.now < 2 * minute; clock.now += 1_000) {
    log.worker({ kind: 'queue-errored', error });
    log.worker({ kind: 'sweep-failed', error });
    log.worker({
      kind: 'job-errored',
      orderId: 'IL1',
      error: 'store_unavailable',
      willRetry: true,
      remedy: null,
    });
  }
  expect(lines).toHaveLength(6);
  log.worker({ kind: 'sweep-finished', result });
  log.worker({ kind: 'sweep-failed', error });
  expect(lines).toHaveLength(7);
});
