import { type CbbClient, type ContractName, createCbbClient, type Hooks } from '@visanet/cbb-client';
import type { CbbConfiguration } from '@visanet/cbb-sync';
import { given } from '../options/given.ts';
import type { Flags } from '../options/read-flags.ts';
import type { engineFlags } from './engine-flags.ts';

export type EngineFlags = Partial<Flags<typeof engineFlags>>;

/** The client's own limit: ten requests per call. */
const mostAttempts = 10;

/** The contact service as configured; no request is made. */
export function openClient(
  { api }: CbbConfiguration,
  contract: ContractName,
  apiKey: string,
  flags: EngineFlags,
  extra: { readonly hooks?: Hooks; readonly fetch?: (request: Request) => Promise<Response> } = {},
): CbbClient {
  const { 'circuit-open-ms': openMs, 'retry-base-ms': baseDelayMs } = flags;
  const common = {
    apiKey,
    baseUrl: api.url,
    timeoutMs: flags['request-timeout-ms'] ?? api.timeoutMs,
    retry: { attempts: Math.min(mostAttempts, api.retryAttempts + 1), ...given({ baseDelayMs }) },
    circuitBreaker: given({ openMs }),
    ...(api.rateLimitPerMinute === null ? {} : { rateLimit: { requestsPerMinute: api.rateLimitPerMinute } }),
    ...extra,
  };
  if (contract === 'plan') return createCbbClient({ contract, ...common });
  const account = api.accountId === null ? {} : { accountId: api.accountId };
  return createCbbClient({
    contract,
    ...common,
    ...account,
    ...given({ updateStrategy: flags['update-strategy'] }),
  });
}
