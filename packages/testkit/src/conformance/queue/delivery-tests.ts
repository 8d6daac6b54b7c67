import assert from 'node:assert/strict';
import { expectOk } from './expect-result.ts';
import type { QueueSuiteOptions, QueueTestRunner } from './queue-suite.ts';
import { withScenario, workerOptions } from './scenario.ts';

/** C1 to C4: coalescing without loss. */
export function deliveryTests({ it }: QueueTestRunner, options: QueueSuiteOptions): void {
  if (options.capabilities.coalesces) {
    it('C1 runs an order once however often it is enqueued while it waits', () =>
      withScenario(options, async (scenario) => {
        const kinds: string[] = [];
        for (let time = 0; time < 5; time += 1) {
          kinds.push(expectOk(await scenario.adapter.enqueue('order-1')).kind);
        }
        assert.deepEqual(kinds, ['enqueued', 'coalesced', 'coalesced', 'coalesced', 'coalesced']);
        await scenario.start();
        await scenario.untilEnded('order-1');
        await scenario.settle();
        assert.equal(scenario.runsOf('order-1').length, 1);
      }));
  }

  it('C1 takes many orders at once, each of which runs once, and the sums equal the input', () =>
    withScenario(options, async (scenario) => {
      const orderIds = Array.from({ length: 300 }, (_, index) => `order-${index % 250}`);
      const sums = expectOk(await scenario.adapter.enqueueMany(orderIds));
      assert.equal(sums.enqueued + sums.coalesced, 300);
      if (options.capabilities.coalesces) assert.equal(sums.enqueued, 250);
      await scenario.start();
      await scenario.untilEnded('order-249');
      await scenario.settle();
      const ran = new Set(scenario.runs.map(({ orderId }) => orderId));
      for (const orderId of orderIds) assert.ok(ran.has(orderId), `${orderId} ran`);
      assert.equal(scenario.runs.filter(({ orderId }) => orderId.startsWith('order-')).length, 250);
    }));

  it('C2 runs an order once more when it is enqueued while it runs, after that run and not beside it', () =>
    withScenario(options, async (scenario) => {
      const open = scenario.hold('order-1');
      await scenario.start();
      await scenario.enqueue('order-1');
      await scenario.untilStarted('order-1');
      await scenario.enqueue('order-1', 'order-1', 'order-1');
      assert.equal(scenario.runsOf('order-1').length, 1);
      open();
      await scenario.untilEnded('order-1', 2);
      await scenario.settle();
      const [first, second, ...more] = scenario.runsOf('order-1');
      assert.equal(more.length, 0);
      assert.ok((second?.startedAtMs ?? 0) >= (first?.endedAtMs ?? Number.POSITIVE_INFINITY));
    }));

  it('C3 never runs one order twice at a time, over two workers, while other orders run beside it', () =>
    withScenario(options, async (scenario) => {
      const other = await scenario.another();
      await scenario.start();
      expectOk(await other.adapter.startWorker(workerOptions(options)));
      const open = scenario.hold('order-1');
      await scenario.enqueue('order-1');
      await scenario.untilStarted('order-1');
      expectOk(await other.adapter.enqueue('order-1'));
      await scenario.enqueue('order-1', 'order-2');
      await scenario.untilEnded('order-2');
      assert.equal(scenario.runsOf('order-1').length, 1);
      open();
      await scenario.untilEnded('order-1', 2);
    }));

  if (options.capabilities.keepsBackoff) {
    it('C4 keeps the wait of an order that is enqueued again in the meantime', () =>
      withScenario(options, async (scenario) => {
        scenario.script('order-1', { kind: 'retry', afterMs: 2_500 });
        await scenario.start();
        await scenario.enqueue('order-1');
        await scenario.untilEnded('order-1');
        await scenario.settle();
        await scenario.enqueue('order-1', 'order-1');
        await scenario.untilEnded('order-1', 2);
        await scenario.settle();
        const [first, second, ...more] = scenario.runsOf('order-1');
        assert.equal(more.length, 0);
        const waited = (second?.startedAtMs ?? 0) - (first?.endedAtMs ?? 0);
        assert.ok(waited >= 2_400, `waited ${waited} ms`);
      }));
  }
}
