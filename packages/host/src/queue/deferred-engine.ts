import type { SyncEngine, SyncError } from '@visanet/cbb-sync';
import type { ResultAsync } from 'neverthrow';
import type { CbbParts } from '../compose/parts.ts';
import type { HostError } from '../errors/host-error.ts';
import type { HostSettings } from '../settings/host-settings.ts';

type FindParts = () => ResultAsync<Pick<CbbParts, 'engine'>, HostError>;

/**
 * The engine as a queue's adapter meets it: there before contract and account are known. To enqueue and to claim takes
 * the store alone, so that a web process needs no answer of the service.
 */
export function deferEngine(
  { mode, leaseMs, claimVisibilityMs }: HostSettings['engine'],
  whole: FindParts,
  storeAlone: FindParts,
): SyncEngine {
  return {
    mode,
    leaseMs,
    claimVisibilityMs,
    sync: (orderId, options) =>
      whole()
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

function asSyncError({ message, retryable }: HostError): SyncError {
  return { kind: retryable ? 'store_unavailable' : 'store_misconfigured', message, retryable };
}
