import type { ProvenScope } from '@visanet/cbb-client';
import {
  type CbbClient,
  type CommonOptions,
  createCbbClient,
  type RateLimiter,
  type V11Client,
  type V11ClientOptions,
} from '@visanet/cbb-client';
import type { HostSettings } from '../settings/host-settings.ts';

/** What of the client's options a host may set beside the environment. */
export interface HostClientOptions
  extends Omit<Partial<CommonOptions>, 'apiKey' | 'baseUrl' | 'rateLimit' | 'deadlineMs'>,
    Pick<V11ClientOptions, 'updateStrategy' | 'fieldsTimeToLiveMs' | 'createMissingFields'> {}

type ClientSettings = Pick<HostSettings, 'client' | 'accountId'>;
type Limit = RateLimiter | { readonly requestsPerMinute: number } | false;

/** Nothing is sent without a key, so any text will do where none is needed. */
const noKey = 'no-key';

/** The contact service as configured; no request is made. */
export function openClient(
  settings: ClientSettings,
  contract: ProvenScope['contract'],
  options: HostClientOptions = {},
  rateLimit: Limit = false,
): CbbClient {
  if (contract === 'v1.1') return openV11Client(settings, options, rateLimit);
  return createCbbClient({ contract, ...commonOptions(settings, options, rateLimit) });
}

export function openV11Client(
  settings: ClientSettings,
  options: HostClientOptions = {},
  rateLimit: Limit = false,
): V11Client {
  const { updateStrategy, fieldsTimeToLiveMs, createMissingFields } = options;
  return createCbbClient({
    contract: 'v1.1',
    ...commonOptions(settings, options, rateLimit),
    ...(settings.accountId === null ? {} : { accountId: settings.accountId }),
    ...(updateStrategy === undefined ? {} : { updateStrategy }),
    ...(fieldsTimeToLiveMs === undefined ? {} : { fieldsTimeToLiveMs }),
    ...(createMissingFields === undefined ? {} : { createMissingFields }),
  });
}

function commonOptions(
  { client }: ClientSettings,
  options: HostClientOptions,
  rateLimit: Limit,
): CommonOptions {
  const { apiKey, baseUrl, timeoutMs, deadlineMs, attempts } = client;
  const { updateStrategy, fieldsTimeToLiveMs, createMissingFields, retry, ...common } = options;
  return {
    ...common,
    apiKey: apiKey ?? noKey,
    baseUrl,
    timeoutMs,
    deadlineMs,
    retry: { ...retry, attempts: retry?.attempts ?? attempts },
    rateLimit,
  };
}
