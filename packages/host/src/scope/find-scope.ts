import { detectContract } from '@visanet/cbb-client';
import { accountOnPlan } from '@visanet/cbb-sync';
import { errAsync, okAsync, type ResultAsync } from 'neverthrow';
import type { Materials } from '../compose/parts.ts';
import { type HostError, invalidConfiguration, serviceFailed } from '../errors/host-error.ts';
import { openClient } from '../parts/client.ts';
import { planScope, proveScope, type Scope } from './prove-scope.ts';

/** Contract and account: those of the database, else those that the service tells. */
export function findScope(materials: Materials, signal: AbortSignal): ResultAsync<Scope, HostError> {
  return askForScope(materials, signal).andThen((scope) =>
    scope.contract === 'plan' && materials.settings.accountId !== null
      ? errAsync(invalidConfiguration([accountOnPlan]))
      : okAsync(scope),
  );
}

function askForScope({ settings, options }: Materials, signal: AbortSignal): ResultAsync<Scope, HostError> {
  if (options.client !== undefined) return proveScope(options.client, signal).mapErr(serviceFailed);
  if (settings.contract === 'plan') return okAsync(planScope);
  const prove = (contract: Scope['contract']) =>
    proveScope(openClient(settings, contract, options.clientOptions), signal).mapErr(serviceFailed);
  return settings.contract === 'auto' ? detect({ settings, options }, signal).andThen(prove) : prove('v1.1');
}

function detect(
  { settings, options }: Pick<Materials, 'settings' | 'options'>,
  signal: AbortSignal,
): ResultAsync<Scope['contract'], HostError> {
  const { apiKey, baseUrl, timeoutMs } = settings.client;
  const { fetch, headers, hooks, clock } = options.clientOptions ?? {};
  return detectContract(
    {
      apiKey: apiKey ?? '',
      baseUrl,
      timeoutMs,
      ...(fetch === undefined ? {} : { fetch }),
      ...(headers === undefined ? {} : { headers }),
      ...(hooks === undefined ? {} : { hooks }),
      ...(clock === undefined ? {} : { clock }),
    },
    { signal },
  ).mapErr(serviceFailed);
}
