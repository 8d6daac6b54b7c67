import type { EngineParts } from './parts.ts';

/** A process that cannot reach its store for long forgets the oldest: their orders wait for the end of the lease. */
const remembered = 1_000;

export function keepLease<O>({ leftLeases }: EngineParts<O>, orderId: string, token: string): void {
  leftLeases.delete(orderId);
  leftLeases.set(orderId, token);
  const [oldest] = leftLeases.keys();
  if (leftLeases.size > remembered && oldest !== undefined) leftLeases.delete(oldest);
}
