import type { Simulator } from '../simulator/simulator.ts';
import { violationError } from './violation.ts';

/** What this needs of Vitest, Jest, node:test or a runner like them. */
export interface TestHooks {
  readonly afterEach: (callback: () => void) => unknown;
}

/**
 * Fails each test whose requests, or whose simulator's answers, did not fit the OpenAPI document. Give a function where
 * each test makes its own simulator. Runners call their hooks in different orders: a reset before this one hides nothing.
 */
export function failOnViolations(
  hooks: TestHooks,
  simulator: Simulator | (() => Simulator | undefined),
): void {
  hooks.afterEach(() => {
    const current = typeof simulator === 'function' ? simulator() : simulator;
    const violations = current?.takeViolations() ?? [];
    if (current !== undefined && violations.length > 0) throw violationError(violations, current);
  });
}
