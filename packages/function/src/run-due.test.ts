import type { WorkerEvent } from '@visanet/cbb-queue';
import type { Clock } from '@visanet/cbb-sync';
import { createScriptedEngine } from '@visanet/cbb-testkit/conformance';
import { okAsync, ResultAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';
import { createFunctionSync } from './index.ts';

/** Time passes only where the test says so; timers never fire. */
function stillClock(): Clock & { passMs(durationMs: number): void } {
  let now = 0;
  return {
    now: () => now,
    schedule: () => () => {},
    passMs(durationMs) {
      now += durationMs;
    },
  };
}

function setUp(mode: 'on' | 'off' | 'dry_run' = 'on') {
  const scripted = createScriptedEngine(mode);
  const events: WorkerEvent[] = [];
  const sync = createFunctionSync({ engine: scripted.engine, onEvent: (event) => void events.push(event) });
  return { scripted, events, sync };
}

/** Each order takes `orderMs`. */
async function runWithBudget(orderMs: number, budgetMs: number, reserveMs: number): Promise<number> {
  const { engine, makeDue, runs } = createScriptedEngine();
  const clock = stillClock();
  const sync = createFunctionSync({ engine, clock, onEvent: () => clock.passMs(orderMs) });
  makeDue(...Array.from({ length: 20 }, (_, index) => `order-${index}`));
  const result = (await sync.runDue({ budgetMs, reserveMs, concurrency: 1 }))._unsafeUnwrap();
  expect(result.ended).toBe('budget');
  expect(result.worked).toBe(runs.length);
  return result.worked;
}

describe('runDue', () => {
  it('works everything that is due and gives the sums by outcome', async () => {
    const { scripted, events, sync } = setUp();
    scripted.makeDue('a', 'b', 'c', 'd', 'e');
    scripted.script('b', { kind: 'failed' });
    scripted.script('c', { kind: 'defer', afterMs: 60_000 });
    scripted.script('d', { kind: 'error', error: { kind: 'row_invalid', message: '', retryable: false } });
    const result = (await sync.runDue({ budgetMs: 60_000 }))._unsafeUnwrap();
    expect(result).toMatchObject({ worked: 5, errored: 1, released: 0, ended: 'nothing_due' });
    expect(result.outcomes).toEqual({
      created: 0,
      updated: 2,
      unchanged: 0,
      skipped: 0,
      deferred: 1,
      partial: 0,
      failed: 1,
    });
    expect(result.nextDueInMs).toBeGreaterThan(59_000);
    expect(result.nextDueInMs).toBeLessThanOrEqual(60_000);
    expect(events.filter(({ kind }) => kind === 'job-finished')).toHaveLength(4);
  });

  it('does nothing where nothing is due', async () => {
    const { sync } = setUp();
    const result = (await sync.runDue({ budgetMs: 60_000 }))._unsafeUnwrap();
    expect(result).toMatchObject({ worked: 0, ended: 'nothing_due', nextDueInMs: null });
  });

  it('looks again after an order that ran, because its locks may have hidden others', async () => {
    const { scripted } = setUp();
    let running = 0;
    const engine = {
      ...scripted.engine,
      sync: (...args: Parameters<typeof scripted.engine.sync>) => {
        running += 1;
        return scripted.engine.sync(...args).map((report) => {
          running -= 1;
          return report;
        });
      },
      // As a claim that skips locked rows.
      claimDue: (limit: number) => (running > 0 ? okAsync([]) : scripted.engine.claimDue(limit)),
    };
    scripted.makeDue('a', 'b', 'c', 'd', 'e', 'f', 'g');
    const result = (await createFunctionSync({ engine }).runDue({ budgetMs: 60_000 }))._unsafeUnwrap();
    expect(result).toMatchObject({ worked: 7, ended: 'nothing_due' });
  });

  it('starts no order with less than the reserve left', async () => {
    expect(await runWithBudget(1_000, 5_500, 1_000)).toBe(5);
    expect(await runWithBudget(1_000, 5_500, 3_000)).toBe(3);
  });

  it('starts no order with less left than the slowest one took', async () => {
    expect(await runWithBudget(2_000, 5_000, 0)).toBe(2);
  });

  it('keeps five seconds in reserve by default', async () => {
    const { scripted, sync } = setUp();
    scripted.makeDue('a');
    const short = (await sync.runDue({ budgetMs: 4_999 }))._unsafeUnwrap();
    expect(short).toMatchObject({ worked: 0, ended: 'budget' });
    const long = (await sync.runDue({ budgetMs: 5_100 }))._unsafeUnwrap();
    expect(long).toMatchObject({ worked: 1, ended: 'nothing_due' });
  });

  it('works no more orders than the limit', async () => {
    const { scripted, sync } = setUp();
    scripted.makeDue('a', 'b', 'c', 'd');
    const first = (await sync.runDue({ budgetMs: 60_000, limit: 3 }))._unsafeUnwrap();
    expect(first).toMatchObject({ worked: 3, ended: 'limit' });
    const second = (await sync.runDue({ budgetMs: 60_000, limit: 3 }))._unsafeUnwrap();
    expect(second).toMatchObject({ worked: 1, ended: 'nothing_due' });
  });

  it('runs as many orders at a time as it is told, and five by default', async () => {
    for (const [options, expected] of [
      [{ concurrency: 2 }, 2],
      [{}, 5],
    ] as const) {
      const { scripted, sync } = setUp();
      const orderIds = Array.from({ length: 8 }, (_, index) => `order-${index}`);
      for (const orderId of orderIds) scripted.hold(orderId);
      scripted.makeDue(...orderIds);
      const running = sync.runDue({ budgetMs: 60_000, ...options });
      await new Promise((resolve) => setImmediate(resolve));
      expect(scripted.runs).toHaveLength(expected);
      scripted.openAll();
      expect((await running)._unsafeUnwrap().worked).toBe(8);
    }
  });

  it('aborts what still runs when the budget ends, and gives it back', async () => {
    const { scripted, sync } = setUp();
    scripted.hold('a');
    scripted.makeDue('a');
    const result = (await sync.runDue({ budgetMs: 400, reserveMs: 0 }))._unsafeUnwrap();
    expect(result).toMatchObject({ worked: 1, released: 1, ended: 'budget' });
    expect(scripted.runsOf('a')[0]?.aborted).toBe(true);
    const next = (await sync.runDue({ budgetMs: 60_000 }))._unsafeUnwrap();
    expect(next).toMatchObject({ worked: 1, released: 0 });
  });

  it('ends early when the host aborts it', async () => {
    const { scripted, sync } = setUp();
    const controller = new AbortController();
    scripted.hold('a');
    scripted.makeDue('a', 'b');
    const running = sync.runDue({ budgetMs: 60_000, concurrency: 1, signal: controller.signal });
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    expect((await running)._unsafeUnwrap()).toMatchObject({ worked: 1, released: 1, ended: 'aborted' });
    expect(scripted.runsOf('b')).toHaveLength(0);
  });

  it('stops and says so once when the key is rejected', async () => {
    const { scripted, events, sync } = setUp();
    scripted.makeDue('a', 'b', 'c');
    for (const orderId of ['a', 'b', 'c']) scripted.script(orderId, { kind: 'stop' });
    const result = (await sync.runDue({ budgetMs: 60_000, concurrency: 2 }))._unsafeUnwrap();
    expect(result.ended).toBe('halted');
    expect(scripted.runsOf('c')).toHaveLength(0);
    expect(events.filter(({ kind }) => kind === 'worker-halted')).toHaveLength(1);
  });

  it('ends with the words of the store when that is set up wrongly, and starts no further order', async () => {
    const { scripted, events, sync } = setUp();
    const error = { kind: 'store_misconfigured', message: 'A column is missing.', retryable: false } as const;
    scripted.makeDue('a', 'b', 'c');
    for (const orderId of ['a', 'b', 'c']) scripted.script(orderId, { kind: 'error', error });
    const result = (await sync.runDue({ budgetMs: 60_000, concurrency: 1 }))._unsafeUnwrap();
    expect(result).toMatchObject({ worked: 1, errored: 1, ended: 'halted' });
    expect(events).toEqual([{ kind: 'worker-halted', reason: 'misconfigured', message: error.message }]);
  });

  it('starts none that it was still claiming when the key was rejected, and gives it back', async () => {
    const scripted = createScriptedEngine();
    let answered = () => {};
    const halted = new Promise<void>((resolve) => {
      answered = resolve;
    });
    let claims = 0;
    const engine = {
      ...scripted.engine,
      // The second claim is on its way to the store while the first order runs.
      claimDue(limit: number) {
        claims += 1;
        const claimed = scripted.engine.claimDue(limit);
        return claims === 1 ? claimed : new ResultAsync(halted.then(() => claimed));
      },
    };
    scripted.makeDue('a', 'b');
    scripted.script('a', { kind: 'stop' });
    const sync = createFunctionSync({
      engine,
      onEvent: ({ kind }) => kind === 'worker-halted' && answered(),
    });
    const result = (await sync.runDue({ budgetMs: 60_000, concurrency: 2 }))._unsafeUnwrap();
    expect(result).toMatchObject({ worked: 1, released: 0, ended: 'halted' });
    expect(scripted.runsOf('b')).toHaveLength(0);
    expect((await scripted.engine.claimDue(10))._unsafeUnwrap()).toContain('b');
  });

  it('says when the store cannot be read for due orders', async () => {
    const { scripted, sync } = setUp();
    scripted.failClaims({ kind: 'store_unavailable', message: 'down', retryable: true });
    const failed = (await sync.runDue({ budgetMs: 60_000 }))._unsafeUnwrapErr();
    expect(failed).toMatchObject({ kind: 'engine_failed', cause: 'store_unavailable', retryable: true });
  });

  it('reports the work of a call in the middle of which the store fails', async () => {
    const scripted = createScriptedEngine();
    scripted.makeDue('a', 'b');
    const sync = createFunctionSync({
      engine: scripted.engine,
      onEvent: () => scripted.failClaims({ kind: 'store_unavailable', message: 'down', retryable: true }),
    });
    const result = (await sync.runDue({ budgetMs: 60_000, concurrency: 1 }))._unsafeUnwrap();
    expect(result).toMatchObject({ worked: 1, ended: 'store_failed' });
  });

  it.each(['off', 'dry_run'] as const)('takes nothing while the engine is %s', async (mode) => {
    const { scripted, sync } = setUp(mode);
    scripted.makeDue('a');
    expect((await sync.runDue({ budgetMs: 60_000 }))._unsafeUnwrapErr()).toMatchObject({
      kind: 'sync_disabled',
      mode,
    });
    expect(scripted.runs).toHaveLength(0);
  });

  it('refuses wrong and unknown options with one error that lists them', () => {
    const { sync } = setUp();
    const wrong: object = { budgetMs: 0, reserveMs: -1, limit: 0, concurrency: 0.5, signal: 1, budget: 3 };
    const call = () => sync.runDue(Object.assign({ budgetMs: 1 }, wrong));
    for (const name of Object.keys(wrong)) expect(call).toThrow(new RegExp(`${name}: `));
  });
});
