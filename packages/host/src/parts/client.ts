import type { ProvenScope } from '@visanet/cbb-client';
import {
  type CbbClient,
  type CommonOptions,
  createCbbClient,
  type RateLimiter,
  type V11ClientOptions,
} from '@visanet/cbb-client';
import type { HostSettings } from '../settings/host-settings.ts';

/** What of the client's options a host may set beside the environment. */
export interface HostClientOptions
  extends Omit<Partial<CommonOptions>, 'apiKey' | 'baseUrl' | 'rateLimit' | 'deadlineMs'>,
    Pick<V11ClientOptions, 'updateStrategy' | 'fieldsTimeToLiveMs' | 'createMissingFields'> {}

/** Nothing is sent without a key, so any text will do where none is needed. */
const noKey = 'no-key';

/** The contact service as configured; no request is made. */
export function openClient(
  settings: Pick<HostSettings, 'client' | 'accountId'>,
  contract: ProvenScope['contract'],
  options: HostClientOptions = {},
  rateLimit: RateLimiter | { readonly requestsPerMinute: number } | false = false,
): CbbClient {
  const { apiKey, baseUrl, timeoutMs, deadlineMs, attempts } = settings.client;
  const { updateStrategy, fieldsTimeToLiveMs, createMissingFields, retry, ...common } = options;
  const all = {
    ...common,
    apiKey: apiKey ?? noKey,
    baseUrl,
    timeoutMs,
    deadlineMs,
    retry: { ...retry, attempts: retry?.attempts ?? attempts },
    rateLimit,
  };
  if (contract === 'plan') return createCbbClient({ contract, ...all });
  return createCbbClient({
    contract,
    ...all,
    ...(settings.accountId === null ? {} : { accountId: settings.accountId }),
    ...(updateStrategy === undefined ? {} : { updateStrategy }),
    ...(fieldsTimeToLiveMs === undefined ? {} : { fieldsTimeToLiveMs }),
    ...(createMissingFields === undefined ? {} : { createMissingFields }),
  });
}
