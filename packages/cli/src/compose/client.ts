import {
  type CbbClient,
  type ContractName,
  createCbbClient,
  type Hooks,
  type RateLimiter,
  type V11Client,
} from '@visanet/cbb-client';
import type { CbbConfiguration } from '@visanet/cbb-sync';
import { given } from '../options/given.ts';
import type { Flags } from '../options/read-flags.ts';
import type { claimFlags, engineFlags } from './engine-flags.ts';

export type EngineFlags = Partial<Flags<typeof engineFlags> & Flags<typeof claimFlags>>;

/** The client's own limit: ten requests per call. */
const mostAttempts = 10;

interface ClientExtras {
  readonly hooks?: Hooks;
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Taken instead of a limit of this process alone. */
  readonly rateLimit?: RateLimiter;
}

function commonOptions({ api }: CbbConfiguration, apiKey: string, flags: EngineFlags) {
  const { 'circuit-open-ms': openMs, 'retry-base-ms': baseDelayMs } = flags;
  const requestsPerMinute = api.rateLimitPerMinute;
  return {
    apiKey,
    baseUrl: api.url,
    timeoutMs: flags['request-timeout-ms'] ?? api.timeoutMs,
    retry: { attempts: Math.min(mostAttempts, api.retryAttempts + 1), ...given({ baseDelayMs }) },
    circuitBreaker: given({ openMs }),
    ...(requestsPerMinute === null ? {} : { rateLimit: { requestsPerMinute } }),
  };
}

/** The contact service as configured; no request is made. */
export function openClient(
  configuration: CbbConfiguration,
  contract: ContractName,
  apiKey: string,
  flags: EngineFlags,
  extras: ClientExtras = {},
): CbbClient {
  if (contract === 'v1.1') return openV11Client(configuration, apiKey, flags, extras);
  return createCbbClient({ contract, ...commonOptions(configuration, apiKey, flags), ...extras });
}

export function openV11Client(
  configuration: CbbConfiguration,
  apiKey: string,
  flags: EngineFlags,
  extras: ClientExtras = {},
): V11Client {
  return createCbbClient({
    contract: 'v1.1',
    ...commonOptions(configuration, apiKey, flags),
    ...given({
      accountId: configuration.api.accountId ?? undefined,
      updateStrategy: flags['update-strategy'],
    }),
    ...extras,
  });
}
