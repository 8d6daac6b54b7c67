import type { ProvenScope } from '@visanet/cbb-client';
import { scopeDiffers } from '@visanet/cbb-postgres';
import type { Materials } from '../compose/parts.ts';
import { type HostError, storeFailed } from '../errors/host-error.ts';

/** What is configured, and the database keeps otherwise: wrong whatever the service says. Null where they agree. */
export function contradictsStored(
  { settings, options }: Pick<Materials, 'settings' | 'options'>,
  stored: ProvenScope,
): HostError | null {
  const { contract, accountId } = settings;
  const clauses = [
    ...(contract === 'auto' || contract === stored.contract ? [] : [`CBB_API_CONTRACT is ${contract}`]),
    ...(accountId === null || accountId === stored.account ? [] : [`CBB_ACCOUNT_ID is ${accountId}`]),
    ...(options.client === undefined || options.client.contract === stored.contract
      ? []
      : [`the given client speaks ${options.client.contract}`]),
  ];
  return clauses.length === 0 ? null : storeFailed(scopeDiffers(stored, clauses.join(' and ')));
}
