import type { Simulator } from '../simulator/simulator.ts';

/** What this needs of Vitest, Jest or a runner like them. */
export interface TestHooks {
  readonly afterEach: (callback: () => void) => unknown;
}

/**
 * Fails each test whose requests, or whose simulator's answers, did not fit the OpenAPI document. Give a function where
 * each test makes its own simulator. A hook that resets the simulator must run after this one: Vitest runs the hook
 * that was registered last first, Jest the one that was registered first.
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
