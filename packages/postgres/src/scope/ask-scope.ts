import type { StoreError } from '@visanet/cbb-sync';
import { err, type Result, type ResultAsync } from 'neverthrow';
import { answersWithin } from '../client/answers-within.ts';
import { misconfigured, unavailable } from '../client/store-errors.ts';
import type { ProvenScope } from './scope-row.ts';

export interface ScopeRefusal {
  /** Free of customer data. */
  readonly message: string;
  readonly retryable: boolean;
  /** What a person can do about it. */
  readonly remedy?: string;
}

/** Asks the contact service whose account it is. */
export type ScopeProof = () =>
  | ResultAsync<ProvenScope, ScopeRefusal>
  | PromiseLike<Result<ProvenScope, ScopeRefusal>>;

const unproven = 'The account of the contact service could not be proven';

/** What the service says within this time; a host's function may throw, or never end. */
export function askScope(prove: ScopeProof, ms: number): Promise<Result<ProvenScope, StoreError>> {
  return answersWithin(ms, ask(prove), unavailable(`${unproven}: no answer in ${ms} ms.`));
}

async function ask(prove: ScopeProof): Promise<Result<ProvenScope, StoreError>> {
  try {
    const asked = await prove();
    return asked.mapErr(({ message, retryable, remedy }) => {
      const text = `${unproven}: ${message}`;
      const details = remedy === undefined ? {} : { remedy };
      return retryable ? unavailable(text, details) : misconfigured(text, details);
    });
  } catch {
    return err(unavailable(`${unproven}: the function threw.`));
  }
}
