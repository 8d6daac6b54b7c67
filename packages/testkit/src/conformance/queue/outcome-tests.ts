import assert from 'node:assert/strict';
import { eventually } from './eventually.ts';
import type { QueueSuiteOptions, QueueTestRunner } from './queue-suite.ts';
import { withScenario } from './scenario.ts';
import { maskedPhone, type ScriptedAnswer } from './scripted-answer.ts';

const secret = 'Bearer 123.topsecret +447700900123';

function storeError(kind: 'store_unavailable' | 'row_invalid'): ScriptedAnswer {
  return { kind: 'error', error: { kind, message: secret, retryable: kind === 'store_unavailable' } };
}

/** C5, C6 and C11: what the engine answers, and only that, decides. */
export function outcomeTests({ it }: QueueTestRunner, options: QueueSuiteOptions): void {
  for (const kind of ['retry', 'defer'] as const) {
    it(`C5 runs an order again after the time the engine set, as often as it says (${kind})`, () =>
      withScenario(options, async (scenario) => {
        const step: ScriptedAnswer = { kind, afterMs: 300 };
        scenario.script('order-1', step, step, step, step, step, step);
        await scenario.start();
        await scenario.enqueue('order-1');
        await scenario.untilEnded('order-1', 7);
        await scenario.settle();
        const runs = scenario.runsOf('order-1');
        assert.equal(runs.length, 7);
        for (const [index, run] of runs.slice(1).entries()) {
          assert.ok(run.startedAtMs - (runs[index]?.endedAtMs ?? 0) >= 280, 'not before its time');
        }
      }));
  }

  for (const [name, answer] of [
    ['an error of the store', storeError('store_unavailable')],
    ['an engine that throws', { kind: 'throws', error: new Error(secret) }],
  ] as const) {
    it(`C5 comes back after ${name}, with a pause`, () =>
      withScenario(options, async (scenario) => {
        scenario.script('order-1', answer, answer);
        await scenario.start();
        await scenario.enqueue('order-1');
        await scenario.untilEnded('order-1', 3);
        const [first, second] = scenario.runsOf('order-1');
        assert.ok((second?.startedAtMs ?? 0) - (first?.endedAtMs ?? 0) >= 400, 'not at once');
        const errored = scenario.events.filter(({ kind }) => kind === 'job-errored');
        assert.equal(errored.length, 2);
        assert.ok(!JSON.stringify(scenario.events).includes('topsecret'));
      }));
  }

  for (const [name, answer] of [
    ['failed', { kind: 'failed' }],
    ['is unreadable for good', storeError('row_invalid')],
  ] as const) {
    it(`C6 does not repeat an order that ${name}, and takes it again when it is enqueued again`, () =>
      withScenario(options, async (scenario) => {
        scenario.script('order-1', answer);
        await scenario.start();
        await scenario.enqueue('order-1');
        await scenario.untilEnded('order-1');
        await scenario.settle();
        assert.equal(scenario.runsOf('order-1').length, 1);
        await scenario.enqueue('order-1');
        await scenario.untilEnded('order-1', 2);
      }));
  }

  if (options.capabilities.redrivable) {
    it('C6 shows an order that failed, and an operator can run it again', () =>
      withScenario(options, async (scenario) => {
        const { failedOrders, redrive } = scenario;
        assert.ok(failedOrders && redrive, 'redrivable needs failedOrders and redrive');
        scenario.script('order-1', { kind: 'failed' });
        await scenario.start();
        await scenario.enqueue('order-1');
        await eventually('order-1 is listed as failed', async () =>
          (await failedOrders()).includes('order-1'),
        );
        await redrive();
        await scenario.untilEnded('order-1', 2);
      }));
  }

  const { dump } = options;
  if (dump !== undefined) {
    it('C11 keeps nothing in the queue but the order id: no error text, no phone', () =>
      withScenario(options, async (scenario) => {
        scenario.script('order-1', storeError('store_unavailable'), { kind: 'failed' });
        scenario.script('order-2', { kind: 'throws', error: new Error(secret) });
        scenario.script('order-3', storeError('row_invalid'));
        await scenario.start();
        await scenario.enqueue('order-1', 'order-2', 'order-3');
        await scenario.untilEnded('order-1', 2);
        await scenario.untilEnded('order-2', 2);
        await scenario.untilEnded('order-3');
        await scenario.settle();
        const stored = await dump(scenario.queueName);
        assert.ok(stored.includes('order-1'), 'the dump shows the queue');
        for (const forbidden of ['topsecret', '447700900123', maskedPhone]) {
          assert.ok(!stored.includes(forbidden), `the queue holds ${forbidden}`);
        }
      }));
  }

  it('tells each outcome to the host', () =>
    withScenario(options, async (scenario) => {
      await scenario.start();
      await scenario.enqueue('order-1');
      await eventually('job-finished is told', () =>
        scenario.events.some((event) => event.kind === 'job-finished' && event.orderId === 'order-1'),
      );
    }));
}
