import { detectContract, type ProvenScope } from '@visanet/cbb-client';
import { type HostSettings, openClient } from '@visanet/cbb-host';
import { err, ok, type Result } from 'neverthrow';
import { type Failure, workFailed } from '../failure.ts';
import { serviceFailed } from '../output/remedy.ts';

/** Contract and account as the service tells them now, whatever is stored. */
export async function askScope(
  settings: HostSettings,
  signal: AbortSignal,
): Promise<Result<ProvenScope, Failure>> {
  const { apiKey, baseUrl, timeoutMs } = settings.client;
  const asked =
    settings.contract === 'auto'
      ? await detectContract({ apiKey: apiKey ?? '', baseUrl, timeoutMs }, { signal })
      : await openClient({ ...settings, accountId: null }, settings.contract).scope({ signal });
  if (asked.isErr()) return err(serviceFailed(asked.error));
  const { account } = asked.value;
  if (settings.accountId === null || settings.accountId === account) return ok(asked.value);
  return err(
    workFailed({
      kind: 'key_rejected',
      message: `the key belongs to account ${account}, but CBB_ACCOUNT_ID is ${settings.accountId}`,
      remedy: 'change one of them',
    }),
  );
}
