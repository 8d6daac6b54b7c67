import { deliveryTests } from './delivery-tests.ts';
import { hostTests } from './host-tests.ts';
import { outcomeTests } from './outcome-tests.ts';
import type { QueueSuiteOptions, QueueTestRunner } from './queue-suite.ts';
import { sweepTests } from './sweep-tests.ts';
import { workerTests } from './worker-tests.ts';

/**
 * Registers the tests that every queue adapter must pass, with the caller's own test runner. An adapter that
 * lacks something declares it in its capabilities; everything else holds for all.
 */
export function testQueueAdapter(runner: QueueTestRunner, options: QueueSuiteOptions): void {
  runner.describe('delivery', () => deliveryTests(runner, options));
  runner.describe('outcomes', () => outcomeTests(runner, options));
  runner.describe('worker', () => workerTests(runner, options));
  runner.describe('sweep', () => sweepTests(runner, options));
  runner.describe('host', () => hostTests(runner, options));
}
