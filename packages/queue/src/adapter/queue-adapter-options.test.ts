import { checkOptions, type SyncEngine } from '@visanet/cbb-sync';
import { okAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';
import { QueueFailure, queueMisconfigured, queueUnavailable } from '../errors/queue-failure.ts';
import type { QueueError, WorkerEvent } from '../port/queue-adapter.ts';
import { queueAdapterRules, queueAdapterSettings } from './queue-adapter-options.ts';

const engine: SyncEngine = {
  mode: 'on',
  leaseMs: 1_000,
  claimVisibilityMs: 5_000,
  sync: () => {
    throw new Error('not called');
  },
  claimDue: () => okAsync([]),
  listDue: () => okAsync({ orderIds: [], next: null }),
  arm: () => okAsync(undefined),
};
const describeCause = (cause: unknown): QueueError => queueUnavailable('test', 'The server', cause);

describe('the options of every adapter', () => {
  it('are checked', () => {
    const wrong = { engine: {}, sweepBatchSize: 0, enqueueTimeoutMs: 0, onEvent: 1 };
    expect(() => checkOptions('create', wrong, queueAdapterRules)).toThrow(
      /engine: must have.*; sweepBatchSize: must be.*; enqueueTimeoutMs: must be.*; onEvent: must be/,
    );
    expect(() => checkOptions('create', { engine }, queueAdapterRules)).not.toThrow();
  });

  it('have defaults: 100 orders per step of a sweep, 5 s for an enqueue, and nobody who listens', () => {
    const settings = queueAdapterSettings({ engine }, describeCause);
    expect(settings.sweepBatchSize).toBe(100);
    expect(settings.enqueueTimeoutMs).toBe(5_000);
    expect(queueAdapterSettings({ engine, sweepBatchSize: 7 }, describeCause).sweepBatchSize).toBe(7);
    expect(() => settings.onError(new Error('unheard'))).not.toThrow();
  });

  it('keep a listener that throws from changing the fate of a job', () => {
    const settings = queueAdapterSettings(
      {
        engine,
        onEvent() {
          throw new Error('a broken logger');
        },
      },
      describeCause,
    );
    expect(() => settings.onEvent({ kind: 'stray-key-repaired', orderId: 'a' })).not.toThrow();
  });
});

describe('an error of the queue', () => {
  it('is told without a word that could hold data', () => {
    const events: WorkerEvent[] = [];
    const settings = queueAdapterSettings(
      { engine, onEvent: (event) => void events.push(event) },
      describeCause,
    );
    settings.onError(Object.assign(new Error('redis://:hunter2@host'), { code: 'ECONNREFUSED' }));
    settings.onError({ code: 'host.example hunter2' });
    const message = '[cbb-sync] [test] The server did not answer';
    const hint = '. Check that it runs and can be reached.';
    expect(events).toEqual([
      {
        kind: 'queue-errored',
        error: { kind: 'queue_unavailable', message: `${message} (ECONNREFUSED)${hint}`, retryable: true },
      },
      {
        kind: 'queue-errored',
        error: { kind: 'queue_unavailable', message: `${message}${hint}`, retryable: true },
      },
    ]);
  });

  it('is handed on as it is where a driver threw it on purpose', () => {
    const { toError } = queueAdapterSettings({ engine }, describeCause);
    const known = queueMisconfigured('test', 'Turn it on.');
    expect(toError(new QueueFailure(known))).toBe(known);
    expect(known).toEqual({
      kind: 'queue_misconfigured',
      message: '[cbb-sync] [test] Turn it on.',
      retryable: false,
    });
  });
});
