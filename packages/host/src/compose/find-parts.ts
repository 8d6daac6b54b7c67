import { okAsync, ResultAsync } from 'neverthrow';
import type { HostError } from '../errors/host-error.ts';
import { awaitService, type Patience } from '../scope/await-service.ts';
import { checkFields } from '../scope/check-fields.ts';
import { findScope } from '../scope/find-scope.ts';
import { planScope, type Scope } from '../scope/prove-scope.ts';
import { onceDone } from './once.ts';
import { buildParts, type CbbParts, type Materials } from './parts.ts';

export interface PartsFinder {
  /** With contract and account as the service proves them. */
  whole(patience: Patience): ResultAsync<CbbParts, HostError>;
  /** Without a question to the service: what enqueues, claims and reads orders. */
  storeAlone(): ResultAsync<CbbParts, HostError>;
}

export function createPartsFinder(materials: Materials, closing: AbortSignal): PartsFinder {
  const { settings, options, tell } = materials;
  const made = options.clientOptions?.createMissingFields ?? {};
  // Whoever asks first asks for all: the question ends with the composition, not with one caller's patience.
  const ask = onceDone(() =>
    findScope(materials, closing)
      .andThen((scope) => buildParts(materials, scope))
      .andThrough(({ client, mapping }) => checkFields(client, mapping.fieldNames, made, closing)),
  );
  const storeAlone = onceDone(() => buildParts(materials, assumedScope(materials)));
  return {
    whole(patience) {
      if (options.offline === true) return storeAlone();
      return new ResultAsync(awaitService(ask, patience, tell));
    },
    storeAlone,
  };

  function assumedScope({ settings: { contract } }: Materials): Scope {
    const spoken = options.client?.contract ?? (contract === 'auto' ? 'plan' : contract);
    return spoken === 'plan' ? planScope : { contract: 'v1.1', account: settings.accountId ?? 'default' };
  }
}
