import type { Result } from 'neverthrow';
import type { CbbError } from '../errors/cbb-error.ts';
import type { Tracing } from '../observe/tracing.ts';
import type { CallOptions } from '../resilience/call-options.ts';
import { type CallScope, scopeOf, withScope } from './call-scope.ts';
import { CbbCall } from './cbb-call.ts';

/** Makes one call of what a caller asked for: one scope and one span, whatever number of requests it takes. */
export type BeginCall = <T>(
  name: string,
  options: CallOptions | undefined,
  run: (options: CallOptions | undefined) => PromiseLike<Result<T, CbbError>>,
) => CbbCall<T>;

export function createBeginCall(openScope: () => CallScope, trace: Tracing): BeginCall {
  return (name, options, run) => {
    const outer = scopeOf(options);
    // Part of a larger call.
    if (outer !== undefined) return new CbbCall(settle(run(options)), outer);
    const scope = openScope();
    const work = trace({ name: `cbb ${name}`, kind: 'internal' }, async (note) => {
      const result = await run(withScope(options, scope));
      if (result.isErr()) note({ 'error.type': result.error.kind });
      return result;
    });
    return new CbbCall(work, scope);
  };
}

const settle = async <T>(work: PromiseLike<T>): Promise<T> => work;
