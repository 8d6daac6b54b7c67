import { errAsync, okAsync, ResultAsync } from 'neverthrow';
import { type HostError, syncsNothing } from '../errors/host-error.ts';
import { assumedScope } from '../scope/assumed-scope.ts';
import { awaitService, type Patience } from '../scope/await-service.ts';
import { contradictsStored } from '../scope/contradicts-stored.ts';
import { readStoredScope } from '../scope/stored-scope.ts';
import { onceDone } from './once.ts';
import { buildIdleParts, type CbbParts, type Materials } from './parts.ts';
import { findStanding, type Standing } from './standing.ts';

export interface PartsFinder {
  /**
   * On contract and account as the database keeps them, else as the service proves them. In the first case the service
   * may be away: it proves them before the first write.
   */
  whole(patience: Patience): ResultAsync<CbbParts, HostError>;
  /** The same, when the service has proven them: asked once now, or until it answers. */
  proven(asked: 'once' | 'until answered', signal: AbortSignal): ResultAsync<CbbParts, HostError>;
  /** Without a question to the service: what enqueues, claims and reads orders. */
  storeAlone(): ResultAsync<CbbParts, HostError>;
}

export function createPartsFinder(materials: Materials, ending: AbortSignal): PartsFinder {
  const { options, tell } = materials;
  let standing: Standing | null = null;
  // Whoever asks first asks for all: the question ends with the composition, not with one caller's patience.
  const find = onceDone(() =>
    findStanding(materials, ending).andTee((found) => {
      standing = found;
    }),
  );
  // What is known serves to the end: a job that runs while all is closed must end in good order.
  const stand = (patience: Patience): ResultAsync<Standing, HostError> =>
    standing === null ? new ResultAsync(awaitService(find, patience, tell)) : okAsync(standing);

  const assume = onceDone(() => buildIdleParts(materials, assumedScope(materials), 'assumption'));
  let stored: CbbParts | null = null;
  function storeAlone(): ResultAsync<CbbParts, HostError> {
    if (stored !== null) return okAsync(stored);
    return readStoredScope(materials).andThen((scope) => {
      if (scope === null) return assume();
      return buildIdleParts(materials, scope, 'database').andTee((parts) => {
        stored = parts;
      });
    });
  }

  function offline(): ResultAsync<CbbParts, HostError> {
    return storeAlone().andThen((parts) => {
      const wrong = parts.scopeFrom === 'database' ? contradictsStored(materials, parts.scope) : null;
      return wrong === null ? okAsync(parts) : errAsync(wrong);
    });
  }

  return {
    whole: (patience) => (options.offline === true ? offline() : stand(patience).map(({ parts }) => parts)),
    proven(asked, signal) {
      if (options.offline === true) return errAsync(syncsNothing);
      return stand({ tries: 1, signal }).andThen(({ parts, proof }) =>
        (asked === 'once' ? proof.ask() : proof.wait(signal)).map(() => parts),
      );
    },
    storeAlone,
  };
}
