/** A request or answer that does not fit the OpenAPI document. Names places and rules, never values. */
export interface Violation {
  /** Of the journal entry. */
  readonly sequence: number;
  readonly side: 'request' | 'answer';
  readonly method: string;
  /** Null: no such path. */
  readonly pathTemplate: string | null;
  readonly problems: readonly string[];
}

function describeViolation({ sequence, side, method, pathTemplate, problems }: Violation): string {
  return `#${sequence} ${method} ${pathTemplate ?? '(unknown path)'} ${side}: ${problems.join('; ')}`;
}

/** For a test that is to fail. */
export function violationError(
  violations: readonly Violation[],
  of: { readonly contract: string; readonly seed: number },
): Error {
  const list = violations.map(describeViolation).join('\n');
  return new Error(`[cbb-testkit] contract ${of.contract} was broken (seed ${of.seed}):\n${list}`);
}
