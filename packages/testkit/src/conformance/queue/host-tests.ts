import assert from 'node:assert/strict';
import { eventually } from './eventually.ts';
import { expectErr, expectOk } from './expect-result.ts';
import type { QueueSuiteOptions, QueueTestRunner } from './queue-suite.ts';
import { withScenario, workerOptions } from './scenario.ts';

/** C7, C10, and what the world does to a queue. */
export function hostTests({ it }: QueueTestRunner, options: QueueSuiteOptions): void {
  it('refuses an id that no order can have', () =>
    withScenario(options, async ({ adapter }) => {
      for (const orderId of ['', 'a\u0000b', 'a\nb', '\uD800', 'x'.repeat(256)]) {
        expectErr(await adapter.enqueue(orderId), 'invalid_order_id');
        expectErr(await adapter.enqueueMany(['order-1', orderId]), 'invalid_order_id');
      }
      assert.deepEqual(expectOk(await adapter.enqueueMany([])), { enqueued: 0, coalesced: 0 });
    }));

  it('carries ids of any shape', () =>
    withScenario(options, async (scenario) => {
      const orderIds = [
        '12345',
        '../../x',
        'a:b:c:d',
        'IL 250819/GB-1',
        'заказ-1',
        "o'; DROP TABLE x --",
        '{a}',
      ];
      await scenario.start();
      await scenario.enqueue(...orderIds);
      for (const orderId of orderIds) await scenario.untilEnded(orderId);
    }));

  it('has the capabilities it was declared with', () =>
    withScenario(options, async ({ adapter }) => {
      assert.deepEqual(adapter.capabilities, options.capabilities);
    }));

  if (options.capabilities.transactionalEnqueue) {
    it('C7 enqueues with the host transaction: nothing on rollback, one run on commit', () =>
      withScenario(options, async (scenario) => {
        const { begin } = scenario;
        assert.ok(begin, 'transactionalEnqueue needs begin');
        await scenario.start();
        const first = await begin();
        await first.enqueue('order-1');
        await scenario.settle();
        assert.equal(scenario.runsOf('order-1').length, 0);
        await first.rollback();
        const second = await begin();
        await second.enqueue('order-2');
        await second.commit();
        await scenario.untilEnded('order-2');
        await scenario.settle();
        assert.equal(scenario.runsOf('order-1').length, 0);
      }));
  }

  if (options.capabilities.sharedRateLimit) {
    it('C10 keeps one limit of starts over two workers', () =>
      withScenario(
        options,
        async (scenario) => {
          const other = await scenario.another();
          expectOk(
            await scenario.adapter.enqueueMany(Array.from({ length: 9 }, (_, index) => `order-${index}`)),
          );
          await scenario.start();
          expectOk(await other.adapter.startWorker(workerOptions(options)));
          await eventually('all orders ran', () => scenario.runs.length === 9);
          const starts = scenario.runs.map(({ startedAtMs }) => startedAtMs).sort((one, two) => one - two);
          for (const [index, start] of starts.slice(0, -3).entries()) {
            assert.ok((starts[index + 3] ?? 0) - start >= 900, 'no four starts within a second');
          }
        },
        { rateLimit: { max: 3, durationMs: 1_000 } },
      ));
  }

  const { plantJob, plantStrayKey, restartServer, wipeServer } = options;
  if (plantJob !== undefined) {
    it('puts a job aside that it cannot read, and goes on', () =>
      withScenario(options, async (scenario) => {
        await plantJob(scenario.queueName, { orderId: 'order-1', v: 2 });
        await plantJob(scenario.queueName, { orderId: 17, v: 1 });
        await plantJob(scenario.queueName, { orderId: 'order-1', v: 1, phone: '+447700900123' });
        await scenario.start();
        await scenario.settle();
        await eventually(
          'three jobs are rejected',
          () => scenario.events.filter(({ kind }) => kind === 'job-rejected').length === 3,
        );
        assert.equal(scenario.runsOf('order-1').length, 0);
      }));
  }

  if (plantStrayKey !== undefined) {
    it('repairs the mark of a job that is gone, which would swallow every enqueue', () =>
      withScenario(options, async (scenario) => {
        await plantStrayKey(scenario.queueName, 'order-1');
        await plantStrayKey(scenario.queueName, 'order-2');
        await scenario.start();
        await scenario.enqueue('order-1');
        await scenario.untilEnded('order-1');
        scenario.makeDue('order-2');
        expectOk(await scenario.adapter.sweep());
        await scenario.untilEnded('order-2');
      }));
  }
  if (restartServer !== undefined) {
    it('goes on after its server was restarted', () =>
      withScenario(options, async (scenario) => {
        await scenario.start();
        await scenario.enqueue('order-1');
        await scenario.untilEnded('order-1');
        await restartServer();
        await eventually('an enqueue succeeds again', async () =>
          (await scenario.adapter.enqueue('order-2')).isOk(),
        );
        await scenario.untilEnded('order-2');
      }));
  }

  if (wipeServer !== undefined) {
    it('finds every due order again after its server lost all data', () =>
      withScenario(options, async (scenario) => {
        const orderIds = ['order-1', 'order-2', 'order-3'];
        scenario.makeDue(...orderIds);
        await scenario.enqueue(...orderIds);
        await wipeServer();
        await eventually('a worker starts again', async () =>
          (await scenario.adapter.startWorker({ ...workerOptions(options), sweepIntervalMs: 100 })).isOk(),
        );
        for (const orderId of orderIds) await scenario.untilEnded(orderId);
      }));
  }
}
