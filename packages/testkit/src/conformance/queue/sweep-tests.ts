import assert from 'node:assert/strict';
import { eventually } from './eventually.ts';
import { expectErr, expectOk } from './expect-result.ts';
import type { QueueSuiteOptions, QueueTestRunner } from './queue-suite.ts';
import { withScenario, workerOptions } from './scenario.ts';

const farMs = 120_000;

/** What a sweep brings into the queue, and what it leaves alone. */
export function sweepTests({ it }: QueueTestRunner, options: QueueSuiteOptions): void {
  it('sweeps every due order of the store into the queue', () =>
    withScenario(options, async (scenario) => {
      const orderIds = Array.from({ length: 250 }, (_, index) => `order-${index}`);
      scenario.makeDue(...orderIds);
      const swept = expectOk(await scenario.adapter.sweep());
      assert.equal(swept.due, 250);
      assert.equal(swept.enqueued + swept.coalesced, 250);
      assert.equal(swept.complete, true);
      await scenario.start();
      for (const orderId of orderIds) await scenario.untilEnded(orderId);
    }));

  if (options.storeIsQueue !== true) {
    it('sweeps over orders that wait in the queue without a claim and without an enqueue', () =>
      withScenario(options, async (scenario) => {
        const orderIds = Array.from({ length: 50 }, (_, index) => `order-${index}`);
        scenario.makeDue(...orderIds, 'order-lost');
        expectOk(await scenario.adapter.enqueueMany(orderIds));
        assert.deepEqual(expectOk(await scenario.adapter.sweep()), {
          due: 51,
          enqueued: 1,
          coalesced: 50,
          complete: true,
        });
        assert.deepEqual(expectOk(await scenario.adapter.sweep()), {
          due: 51,
          enqueued: 0,
          coalesced: 51,
          complete: true,
        });
        assert.equal(scenario.claims(), 0);
        await scenario.start();
        await scenario.untilEnded('order-lost');
        for (const orderId of orderIds) assert.ok(scenario.runsOf(orderId).length <= 1);
      }));
  }

  it('sweeps by itself while the worker runs', () =>
    withScenario(options, async (scenario) => {
      expectOk(await scenario.adapter.startWorker({ ...workerOptions(options), sweepIntervalMs: 50 }));
      scenario.makeDue('order-1');
      await scenario.untilEnded('order-1');
    }));

  it('runs an order soon that became due while it waited for much later, by sweep and by enqueue', () =>
    withScenario(options, async (scenario) => {
      scenario.script('order-1', { kind: 'retry', afterMs: farMs });
      scenario.script('order-2', { kind: 'retry', afterMs: farMs });
      await scenario.start();
      await scenario.enqueue('order-1', 'order-2');
      await scenario.untilEnded('order-1');
      await scenario.untilEnded('order-2');
      await scenario.settle();
      scenario.makeDue('order-1', 'order-2');
      await scenario.enqueue('order-2');
      await scenario.untilEnded('order-2', 2);
      expectOk(await scenario.adapter.sweep());
      await scenario.untilEnded('order-1', 2);
    }));

  it('does not let a change that is enqueued during a run wait as long as the run that failed', () =>
    withScenario(options, async (scenario) => {
      scenario.script('order-1', { kind: 'retry', afterMs: farMs });
      const open = scenario.hold('order-1');
      await scenario.start();
      await scenario.enqueue('order-1');
      await scenario.untilStarted('order-1');
      scenario.makeDue('order-1');
      await scenario.enqueue('order-1');
      open();
      await scenario.untilEnded('order-1', 2);
    }));

  it('C9 ends a sweep when it is stopped: nothing is taken or enqueued afterwards', () =>
    withScenario(options, async (scenario) => {
      const answer = scenario.holdDue();
      scenario.makeDue('order-1');
      expectOk(await scenario.adapter.startWorker({ ...workerOptions(options), sweepIntervalMs: 1 }));
      await eventually('a sweep asks the store', () => scenario.asked() > 0);
      const stopping = scenario.adapter.stop({ graceMs: 0 });
      answer();
      expectOk(await stopping);
      const asked = scenario.asked();
      await scenario.enqueue('order-2');
      assert.equal(scenario.asked(), asked);
      const stored = await options.dump?.(scenario.queueName);
      assert.ok(stored?.includes('order-1') !== true, 'order-1 was enqueued');
      assert.equal(scenario.runs.length, 0);
      expectOk(await scenario.adapter.startWorker({ ...workerOptions(options), sweepIntervalMs: 50 }));
      await scenario.untilEnded('order-1');
      await scenario.untilEnded('order-2');
    }));

  it('says when the store cannot be read for due orders', () =>
    withScenario(options, async (scenario) => {
      scenario.failClaims({ kind: 'store_unavailable', message: 'down', retryable: true });
      const failed = expectErr(await scenario.adapter.sweep(), 'engine_failed');
      assert.equal(failed.kind === 'engine_failed' && failed.cause, 'store_unavailable');
      assert.equal(failed.retryable, true);
    }));
}
