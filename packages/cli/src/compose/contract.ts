import { setTimeout as delay } from 'node:timers/promises';
import { type CbbError, type ContractName, detectContract } from '@visanet/cbb-client';
import type { CbbConfiguration } from '@visanet/cbb-sync';
import { err, ok, type Result } from 'neverthrow';
import { type Failure, workFailed } from '../failure.ts';
import { serviceFailed } from '../output/remedy.ts';

const tries = 5;
const firstWaitMs = 500;

function callFailed(error: CbbError): Failure {
  if (error.kind !== 'unauthorized') return serviceFailed(error);
  return workFailed({ kind: 'key_rejected', message: 'the service rejects the key: check CBB_API_KEY' });
}

/** The configured contract, or the one that the host turns out to speak. */
export async function resolveContract(
  { api }: CbbConfiguration,
  apiKey: string,
  signal: AbortSignal,
): Promise<Result<ContractName, Failure>> {
  if (api.contract !== 'auto') return ok(api.contract);
  const options = { apiKey, baseUrl: api.url, timeoutMs: api.timeoutMs };
  for (let tried = 1; ; tried += 1) {
    const found = await detectContract(options, { signal });
    if (found.isOk()) return ok(found.value.contract);
    if (!found.error.retryable || tried === tries || signal.aborted) return err(callFailed(found.error));
    const waitMs = found.error.retryAfterMs ?? firstWaitMs * 2 ** (tried - 1);
    await delay(Math.min(waitMs, 60_000), undefined, { signal }).catch(() => undefined);
  }
}
