import type { SyncEngine, SyncError } from '@visanet/cbb-sync';
import { eitherSignal } from '../compose/either-signal.ts';
import type { PartsFinder } from '../compose/find-parts.ts';
import type { HostError } from '../errors/host-error.ts';
import type { HostSettings } from '../settings/host-settings.ts';

/**
 * The engine as a queue's adapter meets it: there before contract and account are known. To enqueue and to claim takes
 * the store alone, so that a web process needs no answer of the service. A sync waits for the service, so that while it
 * is away no job costs an attempt, and no more of them are taken than run at a time.
 *
 * @param waiting ends waits for the service
 */
export function deferEngine(
  { mode, leaseMs, claimVisibilityMs }: HostSettings['engine'],
  { proven, storeAlone }: Pick<PartsFinder, 'proven' | 'storeAlone'>,
  waiting: () => AbortSignal,
): SyncEngine {
  return {
    mode,
    leaseMs,
    claimVisibilityMs,
    sync: (orderId, options) =>
      proven('until answered', eitherSignal(waiting(), options?.signal))
        .mapErr(asSyncError)
        .andThen(({ engine }) => engine.sync(orderId, options)),
    claimDue: (limit) =>
      storeAlone()
        .mapErr(asSyncError)
        .andThen(({ engine }) => engine.claimDue(limit)),
    listDue: (after, limit) =>
      storeAlone()
        .mapErr(asSyncError)
        .andThen(({ engine }) => engine.listDue(after, limit)),
    arm: (orderId) =>
      storeAlone()
        .mapErr(asSyncError)
        .andThen(({ engine }) => engine.arm(orderId)),
  };
}

function asSyncError(error: HostError): SyncError {
  const { message, retryable } = error;
  if (error.kind === 'aborted') return { kind: 'aborted', message, retryable: true };
  if (error.kind === 'store_failed') return { kind: error.cause, message, retryable };
  return { kind: retryable ? 'store_unavailable' : 'store_misconfigured', message, retryable };
}
