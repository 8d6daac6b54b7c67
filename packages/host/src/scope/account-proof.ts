import type { ProvenScope } from '@visanet/cbb-client';
import { okAsync, type Result, ResultAsync } from 'neverthrow';
import { onceDone } from '../compose/once.ts';
import { untilAborted } from '../compose/until-aborted.ts';
import type { HostError } from '../errors/host-error.ts';
import type { HostEvent } from '../events/host-event.ts';
import { awaitService } from './await-service.ts';

/** That the service is that of the account which the database keeps. */
export interface AccountProof {
  /** Asks the service, once for all who ask; what is proven stays proven. */
  ask(): ResultAsync<ProvenScope, HostError>;
  /** Asks until it answers, at one pace for all who wait; tells once that it is away, and that it is back. */
  wait(signal: AbortSignal): ResultAsync<ProvenScope, HostError>;
}

interface ProofParts {
  readonly ask: () => ResultAsync<ProvenScope, HostError>;
  /** Ends the asking, whoever waits. */
  readonly ending: AbortSignal;
  readonly tell: (event: HostEvent) => void;
}

export function createAccountProof({ ask, ending, tell }: ProofParts): AccountProof {
  let proven: ProvenScope | null = null;
  const once = onceDone(() =>
    ask().andTee((scope) => {
      proven = scope;
    }),
  );
  let waiting: Promise<Result<ProvenScope, HostError>> | null = null;

  async function askUntilAnswered(): Promise<Result<ProvenScope, HostError>> {
    let told = false;
    const answer = await awaitService(once, { tries: Number.POSITIVE_INFINITY, signal: ending }, (event) => {
      if (!told) tell(event);
      told = true;
    });
    if (told && answer.isOk()) tell({ kind: 'service-answered' });
    waiting = null;
    return answer;
  }

  return {
    ask: once,
    wait(signal) {
      // What is proven serves to the end: a job that runs while all is closed must end in good order.
      if (proven !== null) return okAsync(proven);
      waiting ??= askUntilAnswered();
      return new ResultAsync(untilAborted(waiting, signal));
    },
  };
}

/** What the service told just now. */
export function provenAlready(scope: ProvenScope): AccountProof {
  return { ask: () => okAsync(scope), wait: () => okAsync(scope) };
}
