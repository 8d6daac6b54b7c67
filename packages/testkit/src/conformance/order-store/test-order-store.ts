import { againTests } from './again-tests.ts';
import { beginTests } from './begin-tests.ts';
import { candidatesTests } from './candidates-tests.ts';
import { claimTests } from './claim-tests.ts';
import { completeTests } from './complete-tests.ts';
import { concurrencyTests } from './concurrency-tests.ts';
import { eraseTests } from './erase-tests.ts';
import { guardTests } from './guard-tests.ts';
import { handSetTests } from './hand-set-tests.ts';
import { historyTests } from './history-tests.ts';
import { changeTests, loadTests, settleTests } from './load-and-settle-tests.ts';
import { lockedRowTests } from './locked-row-tests.ts';
import { mixtureTests } from './mixture-tests.ts';
import { phoneChangeTests } from './phone-change-tests.ts';
import { releaseTests } from './release-tests.ts';
import type { StoreSuiteOptions, StoreTestRunner } from './store-suite.ts';
import { createWorkbench, type StoreTest } from './workbench.ts';

/** Registers the tests that every order store must pass; each works on a subject of its own. */
export function testOrderStore(runner: StoreTestRunner, options: StoreSuiteOptions): void {
  const test: StoreTest = (name, body) => {
    runner.it(name, async () => {
      const subject = await options.create();
      try {
        await body(createWorkbench(subject));
      } finally {
        await subject.close();
      }
    });
  };
  runner.describe('load', () => loadTests(test));
  runner.describe('settle', () => settleTests(test));
  runner.describe('changes by the host', () => changeTests(test));
  runner.describe('begin', () => beginTests(test));
  runner.describe('candidates', () => candidatesTests(test));
  runner.describe('complete', () => completeTests(test));
  runner.describe('complete that is refused', () => againTests(test));
  runner.describe('release', () => releaseTests(test));
  runner.describe('a changed phone', () => phoneChangeTests(test));
  runner.describe('a half-done write', () => mixtureTests(test));
  runner.describe('history', () => historyTests(test));
  runner.describe('a status set by hand', () => handSetTests(test));
  if (options.holdsRows ?? true) runner.describe('a row that the host holds', () => lockedRowTests(test));
  runner.describe('claims', () => claimTests(test));
  runner.describe('what stays as it is', () => guardTests(test));
  runner.describe('erasure', () => eraseTests(test));
  runner.describe('concurrency', () => concurrencyTests(test));
}
