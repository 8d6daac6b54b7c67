import type { SyncEngine, SyncError } from '@visanet/cbb-sync';
import { callSafely } from './call-safely.ts';

const engineThrew: SyncError = Object.freeze({
  kind: 'store_unavailable',
  message: '[cbb-sync] The engine threw instead of answering.',
  retryable: true,
});

/** The engine, but what it should answer with is no exception: nobody awaits a sweep or a claim. Jobs have their own net. */
export function guardEngine(engine: SyncEngine): SyncEngine {
  return {
    get mode() {
      return engine.mode;
    },
    leaseMs: engine.leaseMs,
    claimVisibilityMs: engine.claimVisibilityMs,
    sync: (...given) => engine.sync(...given),
    claimDue: (...given) => callSafely(() => engine.claimDue(...given), engineThrew),
    listDue: (...given) => callSafely(() => engine.listDue(...given), engineThrew),
    arm: (...given) => callSafely(() => engine.arm(...given), engineThrew),
  };
}
