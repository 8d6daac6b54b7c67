import { type CbbClient, type ContractName, detectContract } from '@visanet/cbb-client';
import { type HostSettings, openClient } from '@visanet/cbb-host';
import { type Check, failure, ok, warning } from './check.ts';
import type { ClockReading } from './check-clock.ts';

export interface ServiceFindings {
  readonly checks: readonly Check[];
  /** Null where the service cannot be used. */
  readonly client: CbbClient | null;
  readonly clock: readonly ClockReading[];
}

/** A number reserved for fiction: asking for it tells whether the key is accepted, and reads nobody's data. */
const nobodysPhone = '12125550100';

const rejected = failure('key', 'the service rejects it', 'set CBB_API_KEY to a key of the account');

const noKey = failure(
  'key',
  'CBB_API_KEY must be set',
  'set it to a key of the account; all else is checked without',
);

/** Which contract the host speaks, whether it takes the key, and whose account that is. */
export async function checkService(settings: HostSettings, signal: AbortSignal): Promise<ServiceFindings> {
  const { apiKey, baseUrl, timeoutMs } = settings.client;
  if (apiKey === null) return { checks: [noKey], client: null, clock: [] };
  let clock: ClockReading[] = [];
  async function fetchAndReadClock(request: Request): Promise<Response> {
    const response = await fetch(request);
    const date = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(date)) clock = [{ of: 'the service', aheadMs: date - Date.now() }];
    return response;
  }
  const detected = await detectContract({ apiKey, baseUrl, timeoutMs, fetch: fetchAndReadClock }, { signal });
  if (detected.isErr()) {
    const { kind, message } = detected.error;
    const check =
      kind === 'unauthorized' ? rejected : failure('contract', message, 'check CBB_API_URL and the network');
    return { checks: [check], client: null, clock };
  }
  const { contract } = detected.value;
  const open = (accountId: string | null) =>
    openClient({ ...settings, accountId }, contract, { fetch: fetchAndReadClock });
  const client = open(settings.accountId);
  // Which account it is must be told of a wrong one, too.
  const key = await checkKey(open(null), settings.accountId, signal);
  const checks = [checkContract(contract, settings.contract), ...key];
  return { checks, client: key.includes(rejected) ? null : client, clock };
}

function checkContract(spoken: ContractName, configured: HostSettings['contract']): Check {
  if (configured === 'auto' || configured === spoken) return ok('contract', `the host speaks ${spoken}`);
  return failure(
    'contract',
    `the host speaks ${spoken}, but ${configured} is configured`,
    `set CBB_API_CONTRACT=${spoken}`,
  );
}

async function checkKey(
  client: CbbClient,
  accountId: string | null,
  signal: AbortSignal,
): Promise<readonly Check[]> {
  if (client.contract === 'plan') {
    const found = await client.contacts.find(nobodysPhone, { signal });
    return [found.match(() => ok('key', 'the service accepts it'), unusable)];
  }
  const account = await client.api.getAccount({ signal });
  if (account.isErr()) return [unusable(account.error)];
  const { page_id: id, name = 'without name' } = account.value;
  const of = `of account ${id} (${name})`;
  if (accountId === null) {
    return [warning('key', of, `set CBB_ACCOUNT_ID=${id}, so that a key of another account is refused`)];
  }
  if (accountId === id) return [ok('key', of)];
  return [failure('key', `${of}, not of ${accountId}`, 'change CBB_API_KEY or CBB_ACCOUNT_ID')];
}

function unusable(error: { readonly kind: string; readonly message: string }): Check {
  if (error.kind === 'unauthorized') return rejected;
  return failure('key', `not proven: ${error.message}`, 'try again later');
}
