import type { ProvenScope } from '@visanet/cbb-client';
import { okAsync, ResultAsync } from 'neverthrow';
import type { HostError } from '../errors/host-error.ts';
import { awaitService, type Patience } from '../scope/await-service.ts';
import { checkFields } from '../scope/check-fields.ts';
import { findScope } from '../scope/find-scope.ts';
import { onceDone } from './once.ts';
import { buildParts, type CbbParts, type Materials } from './parts.ts';

export interface PartsFinder {
  /** With contract and account as the service proves them. */
  whole(patience: Patience): ResultAsync<CbbParts, HostError>;
  /** Without a question to the service: what enqueues, claims and reads orders. */
  storeAlone(): ResultAsync<CbbParts, HostError>;
}

export function createPartsFinder(materials: Materials, closing: AbortSignal): PartsFinder {
  const { options, tell } = materials;
  const made = options.clientOptions?.createMissingFields ?? {};
  let found: CbbParts | null = null;
  // Whoever asks first asks for all: the question ends with the composition, not with one caller's patience.
  const ask = onceDone(() =>
    findScope(materials, closing)
      .andThen((scope) => buildParts(materials, scope))
      .andThrough(({ client, mapping }) => checkFields(client, mapping.fieldNames, made, closing))
      .andTee((parts) => {
        found = parts;
      }),
  );
  const storeAlone = onceDone(() => buildParts(materials, assumedScope(materials), 'assumed'));
  return {
    whole(patience) {
      if (options.offline === true) return storeAlone();
      // What is known serves to the end: a job that runs while all is closed must end in good order.
      return found === null ? new ResultAsync(awaitService(ask, patience, tell)) : okAsync(found);
    },
    storeAlone,
  };
}

function assumedScope({ settings, options }: Materials): ProvenScope {
  const contract = options.client?.contract ?? (settings.contract === 'auto' ? 'plan' : settings.contract);
  return { contract, account: settings.accountId ?? 'default' };
}
