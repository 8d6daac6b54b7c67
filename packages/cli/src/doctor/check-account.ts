import type { ContractName, ProvenScope } from '@visanet/cbb-client';
import { type ScopeRow, scopeDiffers } from '@visanet/cbb-postgres';
import { causeOf } from '../failure.ts';
import { type Check, failure, ok } from './check.ts';

const name = 'account';

const contracts: readonly ContractName[] = ['plan', 'v1.1'];

/** Which contract the database keeps, for where the service is not asked. */
export function keptContract(stored: ScopeRow | null): ContractName | null {
  return contracts.find((each) => each === stored?.contract) ?? null;
}

/** Whose contacts the database speaks of, against whose the service proved; null where either is not known. */
export function checkAccount(stored: ScopeRow | null, proven: ProvenScope | null): Check {
  if (stored === null) return ok(name, 'the database keeps none yet; the first worker stores it');
  const kept = `${stored.contract}/${stored.account}`;
  if (proven === null) return ok(name, `the database keeps ${kept}; the service did not prove it now`);
  if (stored.contract === proven.contract && stored.account === proven.account) {
    return ok(name, `the database keeps ${kept}, as the service proves it`);
  }
  const error = scopeDiffers(stored, proven);
  return failure(name, causeOf(error), error.remedy ?? 'cbb adopt, or cbb separate');
}
