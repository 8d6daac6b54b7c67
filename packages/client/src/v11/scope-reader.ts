import { okAsync } from 'neverthrow';
import type { BeginCall } from '../call/begin-call.ts';
import { type ProvenScope, type ReadScope, v11Scope } from '../contract/proven-scope.ts';
import type { CallLimits } from '../resilience/call-options.ts';
import type { Clock } from '../resilience/clock.ts';
import { createFlight } from '../resilience/create-flight.ts';
import { operations } from './operations.ts';
import type { VerifyAccount } from './verify-account.ts';

/** Asks until it was told once; a failure is not remembered. */
export function createScopeReader(parts: {
  readonly clock: Clock;
  readonly limits: CallLimits;
  readonly begin: BeginCall;
  readonly verifyAccount: VerifyAccount;
}): ReadScope {
  const { clock, limits, begin, verifyAccount } = parts;
  let proven: ProvenScope | null = null;
  const ask = createFlight<ProvenScope>({
    clock,
    limits,
    operation: operations.getAccount,
    run: (options) =>
      verifyAccount(options).map((account) => {
        proven = v11Scope(account.page_id);
        return proven;
      }),
  });
  return (options) => begin('scope', options, (scoped) => (proven === null ? ask(scoped) : okAsync(proven)));
}
