import type { CbbCall } from '../call/cbb-call.ts';
import type { CallOptions } from '../resilience/call-options.ts';

export type ContractName = 'plan' | 'v1.1';

/** Which contract a service speaks and whose account a key opens, as the service proved it. */
export interface ProvenScope {
  readonly contract: ContractName;
  /** The id that `/accounts/me` told on v1.1; on plan, which has no way to tell, the literal `default`. */
  readonly account: string;
}

/** `unauthorized` where the key is not of the account of the option `accountId`. */
export type ReadScope = (options?: CallOptions) => CbbCall<ProvenScope>;

export const planScope: ProvenScope = /* @__PURE__ */ Object.freeze({ contract: 'plan', account: 'default' });

export function v11Scope(account: string): ProvenScope {
  return Object.freeze({ contract: 'v1.1', account });
}
