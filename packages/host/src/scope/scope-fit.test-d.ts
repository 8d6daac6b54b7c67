import type { CbbClient } from '@visanet/cbb-client';
import type { ScopeProof } from '@visanet/cbb-postgres';

// Client and store know nothing of each other: what the one proves must be what the other asks for.
export const clientProves = (client: CbbClient): ScopeProof => {
  return () => client.scope();
};
