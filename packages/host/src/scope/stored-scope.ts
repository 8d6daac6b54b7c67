import type { ProvenScope } from '@visanet/cbb-client';
import { readScope } from '@visanet/cbb-postgres';
import { errAsync, okAsync, type ResultAsync } from 'neverthrow';
import { type Materials, mappingOf } from '../compose/parts.ts';
import { type HostError, storeFailed, unknownContract } from '../errors/host-error.ts';
import { layoutOf } from '../parts/layout-of.ts';
import { assumedScope } from './assumed-scope.ts';

const contracts: readonly ProvenScope['contract'][] = ['plan', 'v1.1'];

/** Contract and account that the database keeps; null where nobody started yet, and where the store is the host's own. */
export function readStoredScope(materials: Materials): ResultAsync<ProvenScope | null, HostError> {
  const { options, pool } = materials;
  if (pool === null || options.store !== undefined) return okAsync(null);
  // Nothing is taken of it but names, which no contract changes.
  const mapping = mappingOf(options, assumedScope(materials).contract);
  return readScope(pool, { ...layoutOf(options.storeOptions ?? {}), mapping })
    .mapErr((error): HostError => storeFailed(error))
    .andThen((row) => {
      if (row === null) return okAsync(null);
      const contract = contracts.find((each) => each === row.contract);
      if (contract === undefined) return errAsync(unknownContract(row.contract));
      return okAsync({ contract, account: row.account });
    });
}
