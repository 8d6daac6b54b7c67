import { detectContract, type ProvenScope } from '@visanet/cbb-client';
import { accountOnPlan } from '@visanet/cbb-sync';
import { errAsync, okAsync, type ResultAsync } from 'neverthrow';
import type { Materials } from '../compose/parts.ts';
import {
  differentAccount,
  type HostError,
  invalidConfiguration,
  serviceFailed,
} from '../errors/host-error.ts';
import { openClient } from '../parts/client.ts';

/** Contract and account as the service tells them. */
export function findScope(materials: Materials, signal: AbortSignal): ResultAsync<ProvenScope, HostError> {
  const { accountId } = materials.settings;
  return askForScope(materials, signal).andThen((scope) => {
    if (accountId === null || scope.account === accountId) return okAsync(scope);
    return errAsync(
      scope.contract === 'plan'
        ? invalidConfiguration([accountOnPlan])
        : differentAccount(accountId, scope.account),
    );
  });
}

function askForScope(
  { settings, options }: Materials,
  signal: AbortSignal,
): ResultAsync<ProvenScope, HostError> {
  if (options.client !== undefined) return options.client.scope({ signal }).mapErr(serviceFailed);
  if (settings.contract !== 'auto') {
    // Its own complaint of another account would not tell which one the key has.
    const client = openClient({ ...settings, accountId: null }, settings.contract, options.clientOptions);
    return client.scope({ signal }).mapErr(serviceFailed);
  }
  const { apiKey, baseUrl, timeoutMs } = settings.client;
  const { fetch, headers, hooks, clock, logger, tracer, userAgent } = options.clientOptions ?? {};
  return detectContract(
    {
      apiKey: apiKey ?? '',
      baseUrl,
      timeoutMs,
      ...(fetch === undefined ? {} : { fetch }),
      ...(headers === undefined ? {} : { headers }),
      ...(hooks === undefined ? {} : { hooks }),
      ...(clock === undefined ? {} : { clock }),
      ...(logger === undefined ? {} : { logger }),
      ...(tracer === undefined ? {} : { tracer }),
      ...(userAgent === undefined ? {} : { userAgent }),
    },
    { signal },
  ).mapErr(serviceFailed);
}
