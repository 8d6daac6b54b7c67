import type { CallOptions } from './call-options.ts';
import type { Clock } from './clock.ts';

/** Options for the next request of a call that needs several: together they end within the call's deadline. */
export type NextOptions = () => CallOptions;

export function startSeries(
  clock: Clock,
  options: CallOptions | undefined,
  defaultDeadlineMs: number,
): NextOptions {
  const startedAt = clock.now();
  const deadlineMs = options?.deadlineMs ?? defaultDeadlineMs;
  return () => ({ ...options, deadlineMs: deadlineMs - (clock.now() - startedAt) });
}
