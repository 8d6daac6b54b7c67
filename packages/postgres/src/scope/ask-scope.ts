import type { StoreError } from '@visanet/cbb-sync';
import { err, type Result } from 'neverthrow';
import { misconfigured, unavailable } from '../client/store-errors.ts';
import type { ProvenScope } from './scope-row.ts';

export interface ScopeRefusal {
  /** Free of customer data. */
  readonly message: string;
  readonly retryable: boolean;
}

/** Asks the contact service whose account it is. */
export type ScopeProof = () => PromiseLike<Result<ProvenScope, ScopeRefusal>>;

/** What the service says; a host's function may throw. */
export async function askScope(prove: ScopeProof): Promise<Result<ProvenScope, StoreError>> {
  try {
    const asked = await prove();
    return asked.mapErr(({ message, retryable }) => {
      const text = `The account of the contact service could not be proven: ${message}`;
      return retryable ? unavailable(text) : misconfigured(text);
    });
  } catch {
    return err(unavailable('The account of the contact service could not be proven: the function threw.'));
  }
}
