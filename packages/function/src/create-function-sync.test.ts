import { setTimeout as pause } from 'node:timers/promises';
import type { WorkerEvent } from '@visanet/cbb-queue';
import { createScriptedEngine } from '@visanet/cbb-testkit/conformance';
import { errAsync } from 'neverthrow';
import { describe, expect, it, vi } from 'vitest';
import { createFunctionSync } from './index.ts';

const patient = { timeout: 20_000 };

describe('createFunctionSync', { timeout: 60_000 }, () => {
  it('refuses wrong and unknown options with one error that lists them', () => {
    const { engine } = createScriptedEngine();
    const wrong: object = { engine: {}, onEvent: 1, clock: {}, concurency: 3 };
    const call = () => createFunctionSync(Object.assign({ engine }, wrong));
    for (const name of Object.keys(wrong)) expect(call).toThrow(new RegExp(`${name}: `));
  });

  it('is not disturbed by a listener that throws', async () => {
    const scripted = createScriptedEngine();
    const sync = createFunctionSync({
      engine: scripted.engine,
      onEvent() {
        throw new Error('a broken logger');
      },
    });
    expect((await sync.syncNow('a')).isOk()).toBe(true);
    scripted.makeDue('b');
    expect((await sync.runDue({ budgetMs: 60_000 }))._unsafeUnwrap().worked).toBe(1);
  });

  it('syncs one order past the queue', async () => {
    const scripted = createScriptedEngine();
    const events: WorkerEvent[] = [];
    const sync = createFunctionSync({ engine: scripted.engine, onEvent: (event) => void events.push(event) });
    const report = (await sync.syncNow('a'))._unsafeUnwrap();
    expect(report).toMatchObject({ orderId: 'a', status: 'synced' });
    expect(events).toEqual([{ kind: 'job-finished', orderId: 'a', report }]);
    expect((await sync.syncNow(''))._unsafeUnwrapErr().kind).toBe('invalid_order_id');
  });

  it('hands options of a single sync to the engine', async () => {
    const { engine } = createScriptedEngine();
    const spy = vi.spyOn(engine, 'sync');
    const sync = createFunctionSync({ engine });
    const { signal } = new AbortController();
    expect((await sync.syncNow('a', { force: true, signal })).isOk()).toBe(true);
    expect(spy).toHaveBeenCalledWith('a', { force: true, signal });
  });

  it('says that an order is not stored yet', async () => {
    const { engine } = createScriptedEngine();
    const arm = () => errAsync({ kind: 'order_not_found', message: '', retryable: true } as const);
    const sync = createFunctionSync({ engine: { ...engine, arm } });
    const failed = (await sync.enqueue('a'))._unsafeUnwrapErr();
    expect(failed).toMatchObject({ kind: 'engine_failed', cause: 'order_not_found', retryable: true });
  });

  it('goes on when the store can be read again, without another enqueue', async () => {
    const scripted = createScriptedEngine();
    const events: WorkerEvent[] = [];
    const sync = createFunctionSync({ engine: scripted.engine, onEvent: (event) => void events.push(event) });
    scripted.failClaims({ kind: 'store_unavailable', message: 'down', retryable: true });
    expect((await sync.startWorker({ sweepIntervalMs: 0 })).isOk()).toBe(true);
    scripted.makeDue('a');
    await vi.waitFor(() => expect(events.map(({ kind }) => kind)).toContain('queue-errored'), patient);
    scripted.failClaims(null);
    await vi.waitFor(() => expect(scripted.runsOf('a')).toHaveLength(1), patient);
    expect((await sync.close())._unsafeUnwrap()).toEqual({ kind: 'drained' });
  });

  it('wakes up for the earliest order without looking at the store in between', async () => {
    const scripted = createScriptedEngine();
    const claims = vi.spyOn(scripted.engine, 'claimDue');
    const sync = createFunctionSync({ engine: scripted.engine });
    scripted.script('late', { kind: 'defer', afterMs: 4_000 });
    scripted.script('early', { kind: 'retry', afterMs: 2_000 });
    scripted.makeDue('late', 'early');
    expect((await sync.startWorker({ sweepIntervalMs: 0 })).isOk()).toBe(true);
    await vi.waitFor(() => expect(scripted.runs).toHaveLength(2), patient);
    // The worker has looked for others once these two ended.
    await new Promise((resolve) => setImmediate(resolve));
    const before = claims.mock.calls.length;
    await pause(100);
    expect(claims.mock.calls.length).toBe(before);
    await vi.waitFor(() => expect(scripted.runsOf('early')).toHaveLength(2), patient);
    expect(scripted.runsOf('late')).toHaveLength(1);
    await vi.waitFor(() => expect(scripted.runsOf('late')).toHaveLength(2), patient);
    expect((await sync.close()).isOk()).toBe(true);
  });

  it('counts many due orders in a sweep without losing one', async () => {
    const scripted = createScriptedEngine();
    const sync = createFunctionSync({ engine: scripted.engine });
    const orderIds = Array.from({ length: 1_500 }, (_, index) => `order-${index}`);
    scripted.makeDue(...orderIds);
    const swept = (await sync.sweep())._unsafeUnwrap();
    expect(swept.enqueued + swept.coalesced).toBe(swept.due);
    expect((await sync.startWorker({ sweepIntervalMs: 0, concurrency: 50 })).isOk()).toBe(true);
    await vi.waitFor(
      () => expect(new Set(scripted.runs.map(({ orderId }) => orderId)).size).toBe(1_500),
      patient,
    );
    expect((await sync.close()).isOk()).toBe(true);
  });
});
