import type { CbbClient } from '@visanet/cbb-client';
import { errAsync, okAsync, type ResultAsync } from 'neverthrow';
import { type HostError, serviceFailed, unknownFields } from '../errors/host-error.ts';

/** Every mapped name must be a custom field of the account: the first write of each would fail otherwise, one by one. */
export function checkFields(
  client: CbbClient,
  mapped: readonly string[],
  made: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): ResultAsync<void, HostError> {
  // Plan takes any name, and tells none.
  if (client.contract === 'plan') return okAsync(undefined);
  return client.customFields
    .list({ signal })
    .mapErr(serviceFailed)
    .andThen((listed) => {
      const known = new Set(listed.map(({ name }) => name));
      const missing = mapped.filter((name) => !known.has(name) && !Object.hasOwn(made, name));
      return missing.length === 0 ? okAsync(undefined) : errAsync(unknownFields(missing));
    });
}
