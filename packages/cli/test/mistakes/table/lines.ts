import type { CommandLine } from '../mistake.ts';

/** The same verdict on several commands. */
export function each(
  lines: readonly string[],
  code: CommandLine['code'],
  ...says: readonly RegExp[]
): readonly CommandLine[] {
  return lines.map((line) => ({ line, code, says }));
}

export const sync = 'sync-order --order-id={order}';
/** Ends by itself where it cannot work. */
export const worker = 'worker --sweep-interval-ms=50';
