import type { ProvenScope } from '@visanet/cbb-client';
import { type ScopeRefusal, scopeDiffers } from '@visanet/cbb-postgres';
import { err, errAsync, ok, okAsync, type Result, ResultAsync } from 'neverthrow';
import { type HostError, storeFailed } from '../errors/host-error.ts';
import { remedyOf } from '../errors/remedies.ts';
import { endsWithin } from '../parts/ends-within.ts';
import { type AccountProof, createAccountProof, provenAlready } from '../scope/account-proof.ts';
import { checkFields } from '../scope/check-fields.ts';
import { contradictsStored } from '../scope/contradicts-stored.ts';
import { findScope } from '../scope/find-scope.ts';
import { readStoredScope } from '../scope/stored-scope.ts';
import { buildParts, type CbbParts, type Materials } from './parts.ts';

/** All parts, and whether the service is that of their account. */
export interface Standing {
  readonly parts: CbbParts;
  readonly proof: AccountProof;
}

/** A service that is there answers sooner: then a wrong account or field is an error of the start. */
const firstChanceMs = 5_000;

/** On contract and account as the database keeps them; where nobody started yet, as the service proves them. */
export function findStanding(materials: Materials, ending: AbortSignal): ResultAsync<Standing, HostError> {
  return readStoredScope(materials).andThen((stored) =>
    stored === null ? standAsProven(materials, ending) : standAsStored(materials, stored, ending),
  );
}

function standAsProven(materials: Materials, ending: AbortSignal): ResultAsync<Standing, HostError> {
  return findScope(materials, ending)
    .andThen((scope) => buildParts(materials, scope, { from: 'service', scope }))
    .andThrough((parts) => fieldsExist(materials, parts, ending))
    .andThrough(startStore)
    .map((parts) => ({ parts, proof: provenAlready(parts.scope) }));
}

function standAsStored(
  materials: Materials,
  stored: ProvenScope,
  ending: AbortSignal,
): ResultAsync<Standing, HostError> {
  const contradiction = contradictsStored(materials, stored);
  if (contradiction !== null) return errAsync(contradiction);
  let proof: AccountProof | null = null;
  const prove = () => proof?.ask() ?? errAsync(notAsked);
  return buildParts(materials, stored, { from: 'database', scope: () => prove().mapErr(refusal) })
    .andThrough(startStore)
    .map((parts): Standing => {
      const ask = () =>
        findScope(materials, ending)
          .andThen((scope) => sameAccount(stored, scope))
          .andThrough(() => fieldsExist(materials, parts, ending));
      proof = createAccountProof({ ask, ending, tell: materials.tell });
      return { parts, proof };
    })
    .andThrough(({ proof }) => new ResultAsync(giveFirstChance(proof)));
}

/** The tables are looked at first: whoever looks at them needs no service. */
const notAsked: HostError = {
  kind: 'service_unavailable',
  cause: 'network',
  message: 'the service was not asked yet',
  retryable: true,
};

function refusal(error: HostError): ScopeRefusal {
  const { message, retryable } = error;
  const remedy = 'cause' in error ? remedyOf(error.cause) : null;
  return { message, retryable, ...(remedy === null ? {} : { remedy }) };
}

/** All that the store checks before its first statement; one of the host's own may check nothing. */
function startStore({ store }: CbbParts): ResultAsync<unknown, HostError> {
  return store.start?.().mapErr(storeFailed) ?? okAsync(undefined);
}

function fieldsExist(
  { options }: Materials,
  { client, mapping }: CbbParts,
  ending: AbortSignal,
): ResultAsync<void, HostError> {
  return checkFields(client, mapping.fieldNames, options.clientOptions?.createMissingFields ?? {}, ending);
}

function sameAccount(stored: ProvenScope, scope: ProvenScope): Result<ProvenScope, HostError> {
  const same = scope.contract === stored.contract && scope.account === stored.account;
  return same ? ok(scope) : err(storeFailed(scopeDiffers(stored, scope)));
}

/** Whoever is away, or slow, is asked again before the first write. */
async function giveFirstChance(proof: AccountProof): Promise<Result<void, HostError>> {
  const asked = Promise.resolve(proof.ask());
  if (!(await endsWithin(asked, firstChanceMs))) return ok();
  const answer = await asked;
  return answer.isErr() && !answer.error.retryable ? err(answer.error) : ok();
}
