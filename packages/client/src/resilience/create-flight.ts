import { err, type Result, ResultAsync } from 'neverthrow';
import type { CbbError } from '../errors/cbb-error.ts';
import { createError } from '../errors/create-error.ts';
import { type CallLimits, type CallOptions, readCallOptions } from './call-options.ts';
import type { Clock } from './clock.ts';
import type { Operation } from './operation.ts';
import { raceAbort } from './race-abort.ts';

export interface FlightParts<T> {
  readonly clock: Clock;
  /** Limits of the work itself, and of those who bring none. */
  readonly limits: CallLimits;
  /** Named in the errors of those who stop waiting. */
  readonly operation: Operation;
  readonly run: (options: CallOptions) => PromiseLike<Result<T, CbbError>>;
}

/**
 * One piece of work for all who ask for it at a time. Each waits within its own deadline and signal; who leaves does not
 * end the work for the others, and the last one who leaves does.
 */
export function createFlight<T>(parts: FlightParts<T>): (options?: CallOptions) => ResultAsync<T, CbbError> {
  const { clock, operation } = parts;
  interface Flight {
    readonly work: Promise<Result<T, CbbError>>;
    readonly controller: AbortController;
    waiting: number;
  }
  let current: Flight | null = null;

  const start = (maxWaitMs: number): Flight => {
    const controller = new AbortController();
    const run = async () =>
      parts.run({ deadlineMs: parts.limits.deadlineMs, maxWaitMs, signal: controller.signal });
    const flight: Flight = {
      controller,
      waiting: 0,
      work: run().finally(() => {
        if (current === flight) current = null;
      }),
    };
    return flight;
  };

  const join = async (options: CallOptions | undefined): Promise<Result<T, CbbError>> => {
    const limits = readCallOptions(options, parts.limits);
    if (limits.isErr()) return err(createError(limits.error, operation, 'none'));
    const { signal, deadlineMs, maxWaitMs } = limits.value;
    if (signal?.aborted) return err(createError({ kind: 'aborted' }, operation, 'none'));
    if (deadlineMs <= 0) return err(createError({ kind: 'timeout' }, operation, 'none'));
    const flight = current ?? start(maxWaitMs);
    current = flight;
    flight.waiting += 1;
    const race = await raceAbort(flight.work, { clock, timeoutMs: deadlineMs, signal });
    flight.waiting -= 1;
    if (race.kind === 'settled') return race.value;
    if (flight.waiting === 0) {
      if (current === flight) current = null;
      flight.controller.abort();
    }
    return err(createError({ kind: race.kind }, operation, 'none'));
  };

  return (options) => new ResultAsync(join(options));
}
