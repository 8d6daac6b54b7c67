import type { CbbClient, CbbError } from '@visanet/cbb-client';
import { okAsync, type ResultAsync } from 'neverthrow';

/** Whose contacts a key opens, as the service itself told it. */
export interface Scope {
  readonly contract: 'plan' | 'v1.1';
  /** The literal `default` on plan, whose service does not tell accounts. */
  readonly account: string;
}

export const planScope: Scope = { contract: 'plan', account: 'default' };

export function proveScope(client: CbbClient, signal: AbortSignal): ResultAsync<Scope, CbbError> {
  if (client.contract === 'plan') return okAsync(planScope);
  return client.verifyAccount({ signal }).map(({ page_id: account }) => ({ contract: 'v1.1', account }));
}
