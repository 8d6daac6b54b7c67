import type { SyncEngine, SyncError } from '@visanet/cbb-sync';
import { okAsync, ResultAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';
import { create, kindOf, rejects } from '../../test/create-adapter.ts';

describe('sweeps of an adapter', () => {
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
      claimVisibilityMs: 5_000,
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

  it('calls no sweep failed that the host closed under way', async () => {
    let claimed = (_orderIds: readonly string[]) => {};
    const claiming = new Promise<readonly string[]>((resolve) => {
      claimed = resolve;
    });
    const armed: string[] = [];
    const engine: SyncEngine = {
      mode: 'on',
      leaseMs: 1_000,
      claimVisibilityMs: 5_000,
      sync: () => {
        throw new Error('no order is worked here');
      },
      claimDue: () => ResultAsync.fromSafePromise(claiming),
      listDue: () => okAsync({ orderIds: [], next: null }),
      arm: (orderId) => okAsync(void armed.push(orderId)),
    };
    const { adapter, events } = create({ engine });
    (await adapter.startWorker({ sweepIntervalMs: 60_000 }))._unsafeUnwrap();
    const closing = adapter.close();
    claimed(['a']);
    expect(kindOf(await closing)).toBe('ok');
    expect(armed).toEqual(['a']);
    expect(events.map(({ kind }) => kind)).not.toContain('sweep-failed');
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
});
