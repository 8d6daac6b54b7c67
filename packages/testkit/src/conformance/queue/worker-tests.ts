import assert from 'node:assert/strict';
import { eventually } from './eventually.ts';
import { expectErr, expectOk } from './expect-result.ts';
import type { QueueSuiteOptions, QueueTestRunner } from './queue-suite.ts';
import { withScenario, workerOptions } from './scenario.ts';

/** C8, C9 and the worker's life from start to stop. */
export function workerTests({ it }: QueueTestRunner, options: QueueSuiteOptions): void {
  const { crashWorker } = options;
  if (crashWorker !== undefined) {
    it('C8 gives the order of a killed worker to another', () =>
      withScenario(options, async (scenario) => {
        await crashWorker(scenario.queueName, 'order-1');
        await scenario.start();
        await eventually('order-1 runs elsewhere', () => scenario.runsOf('order-1').length > 0, 50_000);
      }));
  }

  it('C9 lets running orders end when it is stopped, and takes no more', () =>
    withScenario(options, async (scenario) => {
      const open = scenario.hold('order-1');
      await scenario.start();
      await scenario.enqueue('order-1');
      await scenario.untilStarted('order-1');
      const stopping = scenario.adapter.stop({ graceMs: 10_000 });
      await scenario.enqueue('order-2');
      open();
      assert.deepEqual(expectOk(await stopping), { kind: 'drained' });
      assert.equal(scenario.runsOf('order-1')[0]?.aborted, false);
      assert.equal(scenario.runsOf('order-2').length, 0);
      await scenario.start();
      await scenario.untilEnded('order-2');
      assert.equal(scenario.runsOf('order-1').length, 1);
    }));

  it('C9 aborts what does not end in time and gives it back', () =>
    withScenario(options, async (scenario) => {
      scenario.hold('order-1');
      await scenario.start();
      await scenario.enqueue('order-1');
      await scenario.untilStarted('order-1');
      assert.deepEqual(expectOk(await scenario.adapter.stop({ graceMs: 50 })), { kind: 'aborted' });
      assert.equal(scenario.runsOf('order-1')[0]?.aborted, true);
      await scenario.start();
      await scenario.untilEnded('order-1', 2);
    }));

  it('C9 stops in bounded time even when an order ignores the signal', () =>
    withScenario(options, async (scenario) => {
      scenario.hold('order-1', { deaf: true });
      await scenario.start();
      await scenario.enqueue('order-1');
      await scenario.untilStarted('order-1');
      const before = performance.now();
      assert.deepEqual(expectOk(await scenario.adapter.close({ graceMs: 50 })), { kind: 'abandoned' });
      assert.ok(performance.now() - before < 20_000);
    }));

  it('stops without a worker, closes twice, and then refuses everything', () =>
    withScenario(options, async ({ adapter }) => {
      assert.deepEqual(expectOk(await adapter.stop()), { kind: 'drained' });
      assert.deepEqual(expectOk(await adapter.close()), { kind: 'drained' });
      assert.deepEqual(expectOk(await adapter.close()), { kind: 'drained' });
      expectErr(await adapter.enqueue('order-1'), 'closed');
      expectErr(await adapter.enqueueMany(['order-1']), 'closed');
      expectErr(await adapter.startWorker(), 'closed');
      expectErr(await adapter.sweep(), 'closed');
    }));

  it('starts one worker only, and refuses an option that does not exist', () =>
    withScenario(options, async (scenario) => {
      await scenario.start();
      expectErr(await scenario.adapter.startWorker(workerOptions(options)), 'already_started');
      const mistyped: object = { concurency: 2 };
      assert.throws(() => void scenario.adapter.startWorker(mistyped), /concurency: unknown option/);
    }));

  it('runs as many orders at a time as it is told', () =>
    withScenario(options, async (scenario) => {
      for (const orderId of ['order-1', 'order-2', 'order-3']) scenario.hold(orderId);
      await scenario.enqueue('order-1', 'order-2', 'order-3');
      expectOk(await scenario.adapter.startWorker({ ...workerOptions(options), concurrency: 2 }));
      await eventually('two orders run', () => scenario.runs.length === 2);
      await scenario.enqueue('order-4');
      assert.equal(scenario.runs.length, 2);
      scenario.openAll();
      await scenario.untilEnded('order-4');
    }));

  it('gives every other place to others while one order hangs', () =>
    withScenario(options, async (scenario) => {
      const orderIds = ['order-1', 'order-2'];
      const [hanging, other] = orderIds.map((orderId) => scenario.hold(orderId));
      // Both wait when the worker starts, so that a queue which hands out several at once does.
      await scenario.enqueue(...orderIds);
      expectOk(await scenario.adapter.startWorker({ ...workerOptions(options), concurrency: 2 }));
      for (const orderId of orderIds) await scenario.untilStarted(orderId);
      other?.();
      await scenario.enqueue('order-3', 'order-4', 'order-5');
      for (const orderId of ['order-3', 'order-4', 'order-5']) await scenario.untilEnded(orderId);
      assert.equal(scenario.runsOf('order-1')[0]?.endedAtMs, null);
      hanging?.();
      await scenario.untilEnded('order-1');
    }));

  it('halts once when the key is rejected, keeps every order, and resumes when it is started again', () =>
    withScenario(options, async (scenario) => {
      const orderIds = ['order-1', 'order-2', 'order-3'];
      for (const orderId of orderIds) scenario.script(orderId, { kind: 'stop' });
      const opens = orderIds.map((orderId) => scenario.hold(orderId));
      await scenario.enqueue(...orderIds);
      await scenario.start();
      for (const orderId of orderIds) await scenario.untilStarted(orderId);
      for (const open of opens) open();
      await eventually('the halt is told', () =>
        scenario.events.some(({ kind }) => kind === 'worker-halted'),
      );
      await scenario.enqueue('order-4');
      for (const orderId of orderIds) await scenario.untilEnded(orderId);
      expectOk(await scenario.adapter.stop());
      assert.equal(scenario.runsOf('order-4').length, 0);
      const halts = scenario.events.filter(({ kind }) => kind === 'worker-halted');
      assert.deepEqual(halts, [{ kind: 'worker-halted', reason: 'key_rejected' }]);
      await scenario.start();
      for (const orderId of orderIds) await scenario.untilEnded(orderId, 2);
      await scenario.untilEnded('order-4');
    }));

  it('halts once, with the words of the store, when the store is set up wrongly, and keeps every order', () =>
    withScenario(options, async (scenario) => {
      const error = {
        kind: 'store_misconfigured',
        message: 'A column is missing.',
        retryable: false,
      } as const;
      const orderIds = ['order-1', 'order-2'];
      for (const orderId of orderIds) scenario.script(orderId, { kind: 'error', error });
      const opens = orderIds.map((orderId) => scenario.hold(orderId));
      await scenario.enqueue(...orderIds);
      await scenario.start();
      for (const orderId of orderIds) await scenario.untilStarted(orderId);
      for (const open of opens) open();
      await eventually('the halt is told', () =>
        scenario.events.some(({ kind }) => kind === 'worker-halted'),
      );
      for (const orderId of orderIds) await scenario.untilEnded(orderId);
      expectOk(await scenario.adapter.stop());
      assert.deepEqual(
        scenario.events.filter(({ kind }) => kind.endsWith('-halted') || kind.endsWith('-errored')),
        [{ kind: 'worker-halted', reason: 'misconfigured', message: error.message }],
      );
      scenario.makeDue(...orderIds);
      await scenario.start();
      for (const orderId of orderIds) await scenario.untilEnded(orderId, 2);
    }));

  it('goes on, and rejects nothing unheard, while the engine throws, rejects or answers nothing', async () => {
    const unheard: unknown[] = [];
    const hear = (reason: unknown) => void unheard.push(reason);
    process.on('unhandledRejection', hear);
    await withScenario(options, async (scenario) => {
      scenario.script('order-1', { kind: 'throws', error: new Error('secret') });
      for (const how of ['throws', 'rejects', 'answers nothing'] as const) {
        scenario.breakStore(how);
        const failed = expectErr(await scenario.adapter.sweep(), 'engine_failed');
        assert.ok(failed.retryable && !failed.message.includes('secret'));
        // Where the queue is the store itself, an enqueue needs it; whichever way, it answers.
        await scenario.adapter.enqueue('order-2').unwrapOr(null);
      }
      expectOk(await scenario.adapter.startWorker({ ...workerOptions(options), sweepIntervalMs: 20 }));
      await eventually('the failure is told', () =>
        scenario.events.some(({ kind }) => kind === 'sweep-failed' || kind === 'queue-errored'),
      );
      scenario.breakStore(null);
      scenario.makeDue('order-1');
      await scenario.enqueue('order-1');
      await scenario.untilEnded('order-1', 2);
    });
    process.off('unhandledRejection', hear);
    assert.deepEqual(unheard, []);
  });

  it('takes no order by itself while the engine is off or dry', async () => {
    for (const mode of ['off', 'dry_run'] as const) {
      await withScenario(
        options,
        async (scenario) => {
          scenario.makeDue('order-1');
          const refused = expectErr(
            await scenario.adapter.startWorker(workerOptions(options)),
            'sync_disabled',
          );
          assert.equal(refused.kind === 'sync_disabled' && refused.mode, mode);
          expectErr(await scenario.adapter.sweep(), 'sync_disabled');
          assert.equal(scenario.runs.length, 0);
        },
        { mode },
      );
    }
  });
}
