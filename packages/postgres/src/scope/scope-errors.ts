import type { StoreError } from '@visanet/cbb-sync';
import { differs, misconfigured } from '../client/store-errors.ts';
import { scopeText } from './judge-start.ts';
import type { ProvenScope } from './scope-row.ts';

export function noScope(): StoreError {
  const remedy = 'Give createPostgresStore the scope that the client proves: scope: () => client.scope().';
  return misconfigured('No account is known yet.', { remedy });
}

export function scopeDiffers(stored: ProvenScope, proven: ProvenScope): StoreError {
  return differs(
    'scope_differs',
    `The ledger describes the contacts of ${scopeText(stored)}, but the client proved ${scopeText(proven)}.`,
    'Check CBB_API_KEY, CBB_API_URL and CBB_API_CONTRACT. Where the change is meant: adoptScope(), or in a copy of the database: separateScope().',
  );
}

export function databaseDiffers(what: string): StoreError {
  return differs(
    'database_differs',
    `This database is a copy or was restored: ${what}. What the ledger says of the contacts may be outdated.`,
    'After a restore: adoptScope(). In a copy, for example in staging: separateScope().',
  );
}

/** A copy must not write to the contacts of the original. */
export function sameAccount(scope: ProvenScope): StoreError {
  const remedy = 'Give the copy a key of another account; after a restore of the original, adopt it instead.';
  return misconfigured(`A copy of the database would write to the same contacts: ${scopeText(scope)}.`, {
    remedy,
  });
}
