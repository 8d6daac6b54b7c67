import type { QueueName } from '@visanet/cbb-host';
import type { CommandLine, Elsewhere, HostWord } from '../mistake.ts';

/** The same verdict on several commands. */
export function each(
  lines: readonly string[],
  code: CommandLine['code'],
  ...says: readonly RegExp[]
): readonly CommandLine[] {
  return lines.map((line) => ({ line, code, says }));
}

/** What a host hears. */
export const hears = (kind: string, ...says: readonly RegExp[]): HostWord => ({ kind, says });

/** The same on a queue that is not the store itself. */
export const hearsOn = (queue: QueueName, kind: string, ...says: readonly RegExp[]): HostWord => ({
  queue,
  kind,
  says,
});

/** Not made this way, and why. */
export const elsewhere = (reason: string, seenBy?: string): Elsewhere => ({
  reason,
  ...(seenBy === undefined ? {} : { seenBy }),
});

export const sync = 'sync-order --order-id={order}';
/** Ends by itself where it cannot work. */
export const worker = 'worker --sweep-interval-ms=50';

/** The database or its tables cannot be used: the start is refused, or the worker takes nothing more. */
export const refused = (...says: readonly RegExp[]): HostWord => ({
  kind: ['store_failed', 'worker-halted'],
  says,
});
