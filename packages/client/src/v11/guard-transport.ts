import type { ReadScope } from '../contract/proven-scope.ts';
import { toException } from '../errors/to-exception.ts';
import { startSeries } from '../resilience/call-series.ts';
import type { Clock } from '../resilience/clock.ts';
import type { Transport } from '../resilience/transport.ts';
import { operations } from './operations.ts';

export type Guard = (transport: Transport, defaultDeadlineMs: number) => Transport;

/** Lets nothing through, be it typed or raw, before the key is proven to be of the expected account; but the question whose it is. */
export function createGuard(parts: {
  /** Undefined: nothing has to be proven. */
  readonly accountId: string | undefined;
  readonly readScope: ReadScope;
  readonly clock: Clock;
}): Guard {
  return (transport, defaultDeadlineMs) =>
    parts.accountId === undefined ? transport : guarded(transport, { ...parts, defaultDeadlineMs });
}

function guarded(
  transport: Transport,
  parts: { readonly readScope: ReadScope; readonly clock: Clock; readonly defaultDeadlineMs: number },
): Transport {
  const { readScope, clock, defaultDeadlineMs } = parts;
  const isQuestion = (name: string) => name === operations.getAccount.name;
  return {
    begin: transport.begin,
    call(call, options) {
      if (isQuestion(call.operation.name)) return transport.call(call, options);
      const next = startSeries(clock, options, defaultDeadlineMs);
      return readScope(next()).andThen(() => transport.call(call, next()));
    },
    async fetch(operation, request) {
      if (!isQuestion(operation.name)) {
        const scope = await readScope({ signal: request.signal });
        if (scope.isErr()) throw toException(scope.error);
      }
      return transport.fetch(operation, request);
    },
  };
}
