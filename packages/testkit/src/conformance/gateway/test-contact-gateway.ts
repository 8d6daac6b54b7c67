import { contactTests } from './contact-tests.ts';
import { failureTests } from './failure-tests.ts';
import type { GatewaySuiteOptions, GatewayTest, GatewayTestRunner } from './gateway-suite.ts';

/** Registers the tests that every contact gateway must pass; each works on a subject of its own. */
export function testContactGateway(runner: GatewayTestRunner, options: GatewaySuiteOptions): void {
  const test: GatewayTest = (name, body) => {
    runner.it(name, async () => {
      const subject = await options.create();
      try {
        await body(subject);
      } finally {
        await subject.close();
      }
    });
  };
  runner.describe('contacts', () => contactTests(test));
  runner.describe('failures', () => failureTests(test));
}
