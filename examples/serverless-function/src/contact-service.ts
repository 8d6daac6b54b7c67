import { type CbbClient, createCbbClient, detectContract } from '@visanet/cbb-client';
import type { Configuration } from './configuration.ts';

export interface ContactService {
  readonly client: CbbClient;
  /** Whose contacts the ledger describes. */
  readonly scope: { readonly contract: string; readonly account: string };
}

// The client's own limit.
const mostAttempts = 10;

/** With `CBB_API_CONTRACT=auto` one request finds out what the service speaks; name it, and none is needed. */
export async function openContactService({ cbb: { api }, apiKey }: Configuration): Promise<ContactService> {
  const common = {
    apiKey,
    baseUrl: api.url,
    timeoutMs: api.timeoutMs,
    retry: { attempts: Math.min(mostAttempts, api.retryAttempts + 1) },
    ...(api.rateLimitPerMinute === null ? {} : { rateLimit: { requestsPerMinute: api.rateLimitPerMinute } }),
  };
  const account = api.accountId ?? 'default';
  const contract = api.contract === 'auto' ? await detect(apiKey, api.url) : api.contract;
  if (contract === 'plan') {
    return { client: createCbbClient({ contract, ...common }), scope: { contract, account } };
  }
  const accountId = api.accountId === null ? {} : { accountId: api.accountId };
  return { client: createCbbClient({ contract, ...common, ...accountId }), scope: { contract, account } };
}

async function detect(apiKey: string, baseUrl: string): Promise<'plan' | 'v1.1'> {
  const detected = await detectContract({ apiKey, baseUrl });
  if (detected.isOk()) return detected.value.contract;
  throw new Error(`${detected.error.message}. Set CBB_API_CONTRACT to plan or v1.1 to start without asking.`);
}
