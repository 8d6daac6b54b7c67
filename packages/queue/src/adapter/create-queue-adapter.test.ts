import type { SyncError } from '@visanet/cbb-sync';
import { errAsync, ResultAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';
import { create, kindOf, rejects } from '../../test/create-adapter.ts';
import { createSyncJob } from '../jobs/sync-job.ts';

describe('createQueueAdapter', () => {
  it('describes what the driver rejects with', async () => {
    const { adapter } = create({ push: rejects, work: rejects, release: rejects, claims: [['a']] });
    expect(kindOf(await adapter.enqueue('a'))).toBe('queue_unavailable');
    expect(kindOf(await adapter.sweep())).toBe('queue_unavailable');
    expect(kindOf(await adapter.startWorker())).toBe('queue_unavailable');
    expect(kindOf(await adapter.startWorker())).toBe('queue_unavailable');
    expect(kindOf(await adapter.close())).toBe('queue_unavailable');
  });

  it('passes the concurrency on, ten by default', async () => {
    const { adapter, setups } = create();
    (await adapter.startWorker({ sweepIntervalMs: 0 }))._unsafeUnwrap();
    (await adapter.stop())._unsafeUnwrap();
    (await adapter.startWorker({ sweepIntervalMs: 0, concurrency: 3 }))._unsafeUnwrap();
    expect(setups.map(({ concurrency }) => concurrency)).toEqual([10, 3]);
    (await adapter.close())._unsafeUnwrap();
  });

  it('halts, gives late jobs back, and starts afresh when it is told to', async () => {
    const { adapter, setups, log, events } = create();
    (await adapter.startWorker({ sweepIntervalMs: 0 }))._unsafeUnwrap();
    const job = { jobId: '1', data: createSyncJob('a'), errors: 0, signal: new AbortController().signal };
    expect(await setups[0]?.runJob(job)).toEqual({
      kind: 'halted',
      reason: 'key_rejected',
      afterMs: 5_000,
    });
    expect(await setups[0]?.runJob(job)).toEqual({ kind: 'released', afterMs: 0 });
    expect(events.filter(({ kind }) => kind === 'worker-halted')).toHaveLength(1);
    expect(kindOf(await adapter.startWorker({ sweepIntervalMs: 0 }))).toBe('ok');
    expect(log).toEqual(['pause', 'pause', 'end false']);
    expect(setups).toHaveLength(2);
    (await adapter.close())._unsafeUnwrap();
  });

  it('halts once, with the words of the store, when the store is set up wrongly', async () => {
    const misconfigured: SyncError = {
      kind: 'store_misconfigured',
      message: 'The column product_country is missing.',
      retryable: false,
    };
    const halt = { kind: 'worker-halted', reason: 'misconfigured', message: misconfigured.message };
    const byJob = create({ sync: () => errAsync(misconfigured) });
    (await byJob.adapter.startWorker({ sweepIntervalMs: 0 }))._unsafeUnwrap();
    const verdicts = await Promise.all(
      ['a', 'b'].map((orderId) =>
        byJob.setups[0]?.runJob({ jobId: orderId, data: createSyncJob(orderId), errors: 0 }),
      ),
    );
    expect(verdicts.map((verdict) => verdict?.kind)).toEqual(['halted', 'halted']);
    expect(byJob.events).toEqual([halt]);
    expect(byJob.log).toEqual(['pause']);

    const bySweep = create({ pages: [misconfigured], missing: async (ids) => ids });
    (await bySweep.adapter.startWorker({ sweepIntervalMs: 1 }))._unsafeUnwrap();
    await expect
      .poll(() => bySweep.events.map(({ kind }) => kind))
      .toEqual(['sweep-failed', 'worker-halted']);
    expect(bySweep.events[1]).toMatchObject({ message: expect.stringContaining(misconfigured.message) });

    const beside = create();
    (await beside.adapter.startWorker({ sweepIntervalMs: 0 }))._unsafeUnwrap();
    beside.setups[0]?.engineFailed({ kind: 'store_unavailable', message: 'down', retryable: true });
    beside.setups[0]?.engineFailed(misconfigured);
    beside.setups[0]?.engineFailed(misconfigured);
    expect(beside.events).toMatchObject([{ kind: 'queue-errored' }, halt]);
  });

  it('stays halted when the first job halts it while it starts', async () => {
    const { adapter, log, events } = create({
      work: async ({ runJob }) => void (await runJob({ jobId: '1', data: createSyncJob('a'), errors: 0 })),
    });
    expect(kindOf(await adapter.startWorker({ sweepIntervalMs: 1 }))).toBe('ok');
    expect(log).toEqual(['pause']);
    expect(events.map(({ kind }) => kind)).toEqual(['job-finished', 'worker-halted']);
  });

  it('ends a worker that was stopped while it started', async () => {
    let ready = () => {};
    const { adapter, log, setups } = create({
      work: () =>
        new Promise((resolve) => {
          ready = resolve;
        }),
    });
    const starting = adapter.startWorker({ sweepIntervalMs: 1 });
    await expect.poll(() => setups.length).toBe(1);
    (await adapter.stop())._unsafeUnwrap();
    ready();
    (await starting)._unsafeUnwrap();
    expect(log).toEqual(['pause', 'end false']);
  });

  it('aborts a running job with its own signal or that of the queue', async () => {
    const signals: AbortSignal[] = [];
    const { adapter, setups } = create({
      sync(_orderId, options) {
        const { signal } = options ?? {};
        if (signal === undefined) throw new Error('no signal');
        signals.push(signal);
        const aborted = new Promise<never>((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')));
        });
        return ResultAsync.fromPromise(
          aborted,
          () => ({ kind: 'aborted', message: '', retryable: true }) as const,
        );
      },
    });
    (await adapter.startWorker({ sweepIntervalMs: 0 }))._unsafeUnwrap();
    const lost = new AbortController();
    const first = setups[0]?.runJob({ jobId: '1', data: createSyncJob('a'), errors: 0, signal: lost.signal });
    const second = setups[0]?.runJob({ jobId: '2', data: createSyncJob('b'), errors: 0 });
    lost.abort();
    expect(await first).toEqual({ kind: 'released', afterMs: 0 });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    expect((await adapter.stop({ graceMs: 0 }))._unsafeUnwrap()).toEqual({ kind: 'aborted' });
    expect(await second).toEqual({ kind: 'released', afterMs: 0 });
  });

  it.each(['off', 'dry_run'] as const)('takes nothing in mode %s, but still enqueues', async (mode) => {
    const { adapter, log } = create({ mode });
    expect(kindOf(await adapter.startWorker())).toBe('sync_disabled');
    expect(kindOf(await adapter.sweep())).toBe('sync_disabled');
    expect(kindOf(await adapter.enqueue('a'))).toBe('ok');
    expect(log).toEqual([]);
  });

  it('puts a job aside that it cannot read', async () => {
    const { adapter, setups, events } = create();
    (await adapter.startWorker({ sweepIntervalMs: 0 }))._unsafeUnwrap();
    expect(await setups[0]?.runJob({ jobId: '7', data: {}, errors: 0 })).toEqual({
      kind: 'failed',
      reason: 'unreadable_data',
    });
    expect(events).toEqual([{ kind: 'job-rejected', jobId: '7', reason: 'unreadable_data' }]);
    (await adapter.close())._unsafeUnwrap();
  });

  it('refuses mistyped options and everything after close', async () => {
    const { adapter, log } = create();
    const mistyped: object = { grace: 1 };
    expect(() => adapter.stop(mistyped)).toThrow('stop: grace: unknown option');
    expect(() => adapter.close(mistyped)).toThrow('close: grace: unknown option');
    expect(() => adapter.startWorker(mistyped)).toThrow('startWorker: grace: unknown option');
    expect((await adapter.close())._unsafeUnwrap()).toEqual({ kind: 'drained' });
    expect((await adapter.close())._unsafeUnwrap()).toEqual({ kind: 'drained' });
    expect(log).toEqual(['release']);
    for (const result of [await adapter.enqueue('a'), await adapter.sweep(), await adapter.startWorker()]) {
      expect(kindOf(result)).toBe('closed');
    }
  });

  it('hands orders to the driver once each, in batches of its size, and counts the others', async () => {
    const batches: (readonly string[])[] = [];
    const { adapter } = create({
      pushBatchSize: 2,
      async push(orderIds) {
        batches.push(orderIds);
        return orderIds.length - 1;
      },
    });
    const sums = (await adapter.enqueueMany(['a', 'b', 'a', 'c', 'd']))._unsafeUnwrap();
    expect(batches).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(sums).toEqual({ enqueued: 2, coalesced: 3 });
  });

  it('refuses an id that no order can have, and takes an empty list', async () => {
    const { adapter } = create();
    expect(kindOf(await adapter.enqueueMany(['a', '']))).toBe('invalid_order_id');
    expect((await adapter.enqueueMany([]))._unsafeUnwrap()).toEqual({ enqueued: 0, coalesced: 0 });
  });

  it('starts one worker only', async () => {
    const { adapter } = create();
    (await adapter.startWorker({ sweepIntervalMs: 0 }))._unsafeUnwrap();
    expect(kindOf(await adapter.startWorker())).toBe('already_started');
    (await adapter.close())._unsafeUnwrap();
  });
});
