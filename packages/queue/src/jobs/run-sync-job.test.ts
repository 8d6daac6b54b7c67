import type { SyncEngine, SyncError, SyncReport } from '@visanet/cbb-sync';
import { errAsync, okAsync, ResultAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';
import type { WorkerEvent } from '../port/queue-adapter.ts';
import { errorBackoffMs, runSyncJob } from './run-sync-job.ts';

const report: SyncReport = {
  orderId: 'IL-1',
  outcome: 'updated',
  status: 'synced',
  next: { kind: 'done' },
  reason: null,
  failure: null,
  missingFields: [],
  whatsApp: 'yes',
  phone: '447700***123',
  calls: 1,
};

async function run(answer: () => ResultAsync<SyncReport, SyncError>) {
  const events: WorkerEvent[] = [];
  const engine: SyncEngine = {
    mode: 'on',
    leaseMs: 1_000,
    claimVisibilityMs: 5_000,
    sync: answer,
    claimDue: () => okAsync([]),
    listDue: () => okAsync({ orderIds: [], next: null }),
    arm: () => okAsync(undefined),
  };
  const verdict = await runSyncJob(engine, 'IL-1', {
    signal: new AbortController().signal,
    errors: 1,
    onEvent: (event) => void events.push(event),
    random: () => 1,
  });
  return { verdict, events };
}

describe('runSyncJob', () => {
  it.each([
    [{ next: { kind: 'done' } }, 'done'],
    [{ next: { kind: 'done' }, outcome: 'skipped', status: 'skipped' }, 'done'],
    [{ next: { kind: 'retry', afterMs: 5 }, outcome: 'failed' }, 'later'],
    [{ next: { kind: 'defer', afterMs: 5 } }, 'later'],
    [{ next: { kind: 'done' }, outcome: 'failed', failure: 'invalid_phone' }, 'failed'],
    [{ next: { kind: 'done' }, outcome: 'failed' }, 'failed'],
    [{ next: { kind: 'stop' } }, 'halted'],
  ] as const)('translates the report %j to %s and tells it', async (difference, kind) => {
    const { verdict, events } = await run(() => okAsync({ ...report, ...difference }));
    expect(verdict.kind).toBe(kind);
    expect(events).toEqual([{ kind: 'job-finished', orderId: 'IL-1', report: { ...report, ...difference } }]);
  });

  it('names why an order failed', async () => {
    const failed = { ...report, outcome: 'failed', failure: 'invalid_phone' } as const;
    expect((await run(() => okAsync(failed))).verdict).toEqual({ kind: 'failed', reason: 'invalid_phone' });
  });

  it('backs off after a retryable error and after an engine that throws, without its words', async () => {
    const unavailable = () =>
      errAsync({ kind: 'store_unavailable', message: 'secret', retryable: true } as const);
    expect(await run(unavailable)).toEqual({
      verdict: { kind: 'errored', error: 'store_unavailable', afterMs: 2_000 },
      events: [{ kind: 'job-errored', orderId: 'IL-1', error: 'store_unavailable', willRetry: true }],
    });
    const thrown = await run(() => new ResultAsync(Promise.reject(new Error('secret'))));
    expect(thrown.verdict).toEqual({ kind: 'errored', error: 'unexpected', afterMs: 2_000 });
    expect(JSON.stringify(thrown)).not.toContain('secret');
  });

  it('ends a job for good after an error that no retry can help', async () => {
    const invalid = () => errAsync({ kind: 'row_invalid', message: '', retryable: false } as const);
    expect(await run(invalid)).toEqual({
      verdict: { kind: 'failed', reason: 'row_invalid' },
      events: [{ kind: 'job-errored', orderId: 'IL-1', error: 'row_invalid', willRetry: false }],
    });
  });

  it('gives an aborted job back, and halts when the engine was switched off', async () => {
    const aborted = () => errAsync({ kind: 'aborted', message: '', retryable: true } as const);
    expect((await run(aborted)).verdict).toEqual({ kind: 'released', afterMs: 0 });
    const disabled = () => errAsync({ kind: 'disabled', message: '', retryable: false } as const);
    expect((await run(disabled)).verdict).toEqual({
      kind: 'halted',
      reason: 'sync_disabled',
      afterMs: 5_000,
    });
  });
});

describe('errorBackoffMs', () => {
  it('doubles from one second to at most one minute, with half of it random', () => {
    expect([0, 1, 2, 5, 6, 500].map((errors) => errorBackoffMs(errors, () => 1))).toEqual([
      1_000, 2_000, 4_000, 32_000, 60_000, 60_000,
    ]);
    expect(errorBackoffMs(2, () => 0)).toBe(2_000);
    expect(errorBackoffMs(0)).toBeGreaterThanOrEqual(500);
  });
});
