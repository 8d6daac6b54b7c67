import type { SyncEngine, SyncError, SyncMode, SyncReport } from '@visanet/cbb-sync';
import { errAsync, okAsync, type Result, ResultAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';
import { createSyncJob } from '../jobs/sync-job.ts';
import type { WorkerEvent } from '../port/queue-adapter.ts';
import type { QueueDriver, WorkSetup } from '../port/queue-driver.ts';
import { createQueueAdapter } from './create-queue-adapter.ts';
import { queueAdapterSettings } from './queue-adapter-options.ts';

interface Setup {
  readonly engine?: SyncEngine;
  readonly mode?: SyncMode;
  readonly claims?: readonly (readonly string[] | SyncError)[];
  readonly armError?: SyncError;
  readonly sync?: SyncEngine['sync'];
  /** Pages of due orders, and which of them the queue lacks: with it, the sweep reads instead of claiming. */
  readonly pages?: readonly (readonly string[] | SyncError)[];
  readonly missing?: NonNullable<QueueDriver['missing']>;
  readonly push?: QueueDriver['push'];
  readonly pushBatchSize?: number;
  readonly work?: (setup: WorkSetup) => Promise<void>;
  readonly release?: () => Promise<void>;
}

function stopReport(orderId: string): SyncReport {
  return {
    orderId,
    outcome: 'deferred',
    status: 'pending',
    next: { kind: 'stop' },
    reason: null,
    failure: 'unauthorized',
    missingFields: [],
    whatsApp: 'unknown',
    phone: null,
    calls: 1,
  };
}

function create({
  engine: given,
  mode = 'on',
  claims = [],
  armError,
  pages = [],
  missing,
  sync,
  push,
  pushBatchSize,
  work,
  release,
}: Setup = {}) {
  const log: string[] = [];
  const events: WorkerEvent[] = [];
  const setups: WorkSetup[] = [];
  const batches = [...claims];
  const left = [...pages];
  const engine: SyncEngine = {
    mode,
    leaseMs: 1_000,
    sync: sync ?? ((orderId) => okAsync(stopReport(orderId))),
    claimDue(limit) {
      log.push(`claim ${limit}`);
      const batch = batches.shift() ?? [];
      return 'kind' in batch ? errAsync(batch) : okAsync(batch);
    },
    listDue(after) {
      log.push(`list ${after}`);
      const page = left.shift() ?? [];
      if ('kind' in page) return errAsync(page);
      return okAsync({ orderIds: page, next: left.length === 0 ? null : (page.at(-1) ?? null) });
    },
    arm(orderId) {
      log.push(`arm ${orderId}`);
      return armError === undefined ? okAsync(undefined) : errAsync(armError);
    },
  };
  const driver: QueueDriver = {
    capabilities: {
      coalesces: true,
      keepsBackoff: true,
      transactionalEnqueue: false,
      durable: false,
      sharedRateLimit: false,
      redrivable: false,
    },
    ...(pushBatchSize === undefined ? {} : { pushBatchSize }),
    ...(missing === undefined ? {} : { missing }),
    push: push ?? (async (orderIds) => orderIds.length),
    async work(setup) {
      setups.push(setup);
      await work?.(setup);
      return {
        pause: async () => void log.push('pause'),
        end: async (force) => void log.push(`end ${force}`),
      };
    },
    release: release ?? (async () => void log.push('release')),
  };
  function onEvent(event: WorkerEvent) {
    events.push(event);
    throw new Error('a listener that throws');
  }
  const settings = queueAdapterSettings({ engine: given ?? engine, sweepBatchSize: 2, onEvent }, () => ({
    kind: 'queue_unavailable',
    message: 'down',
    retryable: true,
  }));
  const adapter = createQueueAdapter({ ...settings, driver });
  return { adapter, log, events, setups };
}

function kindOf(result: Result<unknown, { kind: string }>): string {
  return result.isErr() ? result.error.kind : 'ok';
}

const rejects = () => Promise.reject(new Error('down'));

describe('createQueueAdapter', () => {
  it('describes what the driver rejects with', async () => {
    const { adapter } = create({ push: rejects, work: rejects, release: rejects, claims: [['a']] });
    expect(kindOf(await adapter.enqueue('a'))).toBe('queue_unavailable');
    expect(kindOf(await adapter.sweep())).toBe('queue_unavailable');
    expect(kindOf(await adapter.startWorker())).toBe('queue_unavailable');
    expect(kindOf(await adapter.startWorker())).toBe('queue_unavailable');
    expect(kindOf(await adapter.close())).toBe('queue_unavailable');
  });

  it('sweeps in batches until the store has no more, or hands out the same again', async () => {
    const even = create({ claims: [['a', 'b'], ['c', 'd'], []] });
    expect((await even.adapter.sweep())._unsafeUnwrap()).toEqual({
      due: 4,
      enqueued: 4,
      coalesced: 0,
      complete: true,
    });
    expect(even.log).toEqual(['claim 2', 'claim 2', 'claim 2']);
    const short = create({ claims: [['a', 'b'], ['c']] });
    expect((await short.adapter.sweep())._unsafeUnwrap().due).toBe(3);
    const round = create({
      claims: [
        ['a', 'b'],
        ['c', 'a'],
        ['b', 'c'],
      ],
    });
    expect((await round.adapter.sweep())._unsafeUnwrap().due).toBe(2);
  });

  it('asks the queue which due orders it lacks, page by page, and enqueues those alone', async () => {
    const pushed: (readonly string[])[] = [];
    const { adapter, log } = create({
      pages: [['a', 'b', 'c', 'd'], ['e'], []],
      missing: async (orderIds) => orderIds.filter((orderId) => orderId !== 'b'),
      async push(orderIds) {
        pushed.push(orderIds);
        return orderIds.length;
      },
    });
    const swept = (await adapter.sweep())._unsafeUnwrap();
    expect(swept).toEqual({ due: 5, enqueued: 4, coalesced: 1, complete: true });
    expect(pushed).toEqual([['a', 'c'], ['d'], ['e']]);
    expect(log).toEqual(['list null', 'list d', 'list e']);
  });

  it('says what failed in a sweep: the store, the look into the queue, or the enqueue', async () => {
    const down: SyncError = { kind: 'store_unavailable', message: 'down', retryable: true };
    expect(kindOf(await create({ pages: [down], missing: rejects }).adapter.sweep())).toBe('engine_failed');
    const look = () => {
      throw new Error('at once');
    };
    expect(kindOf(await create({ pages: [['a']], missing: look }).adapter.sweep())).toBe('queue_unavailable');
    const enqueue = create({ pages: [['a']], missing: async (ids) => ids, push: rejects });
    expect(kindOf(await enqueue.adapter.sweep())).toBe('queue_unavailable');
  });

  it('ends a sweep between two batches when it is stopped, and enqueues nothing afterwards', async () => {
    const answers: ((count: number) => void)[] = [];
    const { adapter } = create({
      pages: [['a', 'b', 'c', 'd']],
      missing: async (ids) => ids,
      push: () => new Promise((resolve) => answers.push(resolve)),
    });
    const sweeping = adapter.sweep();
    await expect.poll(() => answers.length).toBe(1);
    const stopping = adapter.stop();
    answers[0]?.(2);
    expect((await stopping)._unsafeUnwrap()).toEqual({ kind: 'drained' });
    expect((await sweeping)._unsafeUnwrap()).toEqual({ due: 2, enqueued: 2, coalesced: 0, complete: false });
    expect(answers).toHaveLength(1);
    expect(kindOf(await create({ pages: [['a']], missing: async (ids) => ids }).adapter.sweep())).toBe('ok');
  });

  it('takes an engine that throws or rejects for a store that failed', async () => {
    const broken: SyncEngine = {
      mode: 'on',
      leaseMs: 1_000,
      sync: () => {
        throw new Error('secret');
      },
      claimDue: () => {
        throw new Error('secret');
      },
      listDue: () => new ResultAsync(Promise.reject(new Error('secret'))),
      arm: () => new ResultAsync(Promise.reject(new Error('secret'))),
    };
    for (const missing of [undefined, async (ids: readonly string[]) => ids]) {
      const { adapter } = create({ engine: broken, ...(missing === undefined ? {} : { missing }) });
      const failed = (await adapter.sweep())._unsafeUnwrapErr();
      expect(failed).toMatchObject({ kind: 'engine_failed', cause: 'store_unavailable', retryable: true });
      expect(JSON.stringify(failed)).not.toContain('secret');
    }
  });

  it('makes due again what a sweep claimed and could not enqueue, as far as the store answers', async () => {
    const claims = [['a', 'b']];
    const giving = create({ push: rejects, claims });
    expect(kindOf(await giving.adapter.sweep())).toBe('queue_unavailable');
    expect(giving.log).toEqual(['claim 2', 'arm a', 'arm b']);
    const gone: SyncError = { kind: 'order_not_found', message: 'gone', retryable: true };
    const deleted = create({ push: rejects, claims, armError: gone });
    expect(kindOf(await deleted.adapter.sweep())).toBe('queue_unavailable');
    expect(deleted.log).toEqual(['claim 2', 'arm a', 'arm b']);
    const down: SyncError = { kind: 'store_unavailable', message: 'down', retryable: true };
    const failing = create({ push: rejects, claims, armError: down });
    expect(kindOf(await failing.adapter.sweep())).toBe('queue_unavailable');
    expect(failing.log).toEqual(['claim 2', 'arm a']);
  });

  it('gives back what a sweep holds before it closes', async () => {
    let failPush = (_error: Error) => {};
    const pushed = new Promise<number>((_resolve, reject) => {
      failPush = reject;
    });
    const { adapter, log } = create({ claims: [['a']], push: () => pushed });
    expect(kindOf(await adapter.startWorker({ sweepIntervalMs: 60_000 }))).toBe('ok');
    await expect.poll(() => log).toContain('claim 2');
    const closed = adapter.close();
    await expect.poll(() => log).toContain('end false');
    failPush(new Error('closing'));
    expect(kindOf(await closed)).toBe('ok');
    expect(log.filter((line) => !line.startsWith('end'))).toEqual(['claim 2', 'pause', 'arm a', 'release']);
  });

  it('tells the end of each sweep of the worker, well or not', async () => {
    const { adapter, events } = create({
      claims: [{ kind: 'store_unavailable', message: '', retryable: true }],
    });
    (await adapter.startWorker({ sweepIntervalMs: 1 }))._unsafeUnwrap();
    await expect
      .poll(() => events.map(({ kind }) => kind).slice(0, 2))
      .toEqual(['sweep-failed', 'sweep-finished']);
    (await adapter.stop())._unsafeUnwrap();
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
    const { adapter, log } = create({
      work: () =>
        new Promise((resolve) => {
          ready = resolve;
        }),
    });
    const starting = adapter.startWorker({ sweepIntervalMs: 1 });
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
