import type { Check } from '../host/checks.ts';

/** `ci` is judged by what was read, written and asked; `full` by seconds too. */
export type Size = 'ci' | 'full';

export interface PressureCase {
  readonly name: string;
  /** One sentence for the reader of the table. */
  readonly about: string;
  run(size: Size): Promise<readonly Check[]>;
}
