import type { StoreError } from '@visanet/cbb-sync';
import { differs, misconfigured } from '../client/store-errors.ts';
import { scopeText } from './judge-start.ts';
import type { ProvenScope } from './scope-row.ts';

export function noScope(): StoreError {
  const remedy = 'Run cbb worker, or cbb sync-order once: the first that proves it keeps it in the database.';
  return misconfigured('No account is known yet.', { remedy });
}

/**
 * The ledger is that of another account.
 *
 * @param found what the service proved, or in a clause what is configured, e.g. `CBB_ACCOUNT_ID is 7`
 */
export function scopeDiffers(stored: ProvenScope, found: ProvenScope | string): StoreError {
  const other = typeof found === 'string' ? found : `the service proved ${scopeText(found)}`;
  return differs(
    'scope_differs',
    `The ledger describes the contacts of ${scopeText(stored)}, but ${other}.`,
    'Check CBB_API_KEY, CBB_API_URL, CBB_API_CONTRACT and CBB_ACCOUNT_ID. Where the change is meant: cbb adopt, or in a copy of the database: cbb separate.',
  );
}

export function databaseDiffers(what: string): StoreError {
  return differs(
    'database_differs',
    `This database is a copy or was restored: ${what}. What the ledger says of the contacts may be outdated.`,
    'After a restore: cbb adopt. In a copy, for example in staging: cbb separate.',
  );
}

/** A copy must not write to the contacts of the original. */
export function sameAccount(scope: ProvenScope): StoreError {
  const remedy = 'Give the copy a key of another account; after a restore of the original, adopt it instead.';
  return misconfigured(`A copy of the database would write to the same contacts: ${scopeText(scope)}.`, {
    remedy,
  });
}
