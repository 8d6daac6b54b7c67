import type { Simulator } from '../simulator/simulator.ts';

/** What this needs of Vitest, Jest or a runner like them. */
export interface TestHooks {
  readonly afterEach: (callback: () => void) => unknown;
}

/**
 * Fails each test whose requests, or whose simulator's answers, did not fit the OpenAPI document. Give a function where
 * each test makes its own simulator; the callback runs after the test's own clean-up only if registered before it.
 */
export function failOnViolations(
  hooks: TestHooks,
  simulator: Simulator | (() => Simulator | undefined),
): void {
  hooks.afterEach(() => {
    const current = typeof simulator === 'function' ? simulator() : simulator;
    current?.assertNoViolations();
  });
}
