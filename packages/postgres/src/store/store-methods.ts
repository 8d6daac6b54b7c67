import { createOperatorReads } from '../operator/operator-reads.ts';
import { createAdmit } from './admit.ts';
import { createArm, createRearm } from './arm.ts';
import { createBegin } from './begin.ts';
import { createClaimDue, createListDue } from './claim-due.ts';
import { createComplete } from './complete.ts';
import { createBeginErase, createCompleteErase } from './erase.ts';
import { createLoad } from './load.ts';
import { createPeek } from './peek.ts';
import { createRelease } from './release.ts';
import { createRenew } from './renew.ts';
import { createSettle } from './settle.ts';
import type { StoreParts } from './store-parts.ts';
import { createIsErased, createLiftTombstone } from './tombstones.ts';
import { createVoidLedger } from './void-ledger.ts';

/** All statements of a store whose tables are known to be right. */
export function createStoreMethods<O>(parts: StoreParts<O>) {
  return {
    load: createLoad(parts),
    admit: createAdmit(parts),
    settle: createSettle(parts),
    begin: createBegin(parts),
    renew: createRenew(parts),
    complete: createComplete(parts),
    release: createRelease(parts),
    voidLedger: createVoidLedger(parts),
    claimDue: createClaimDue(parts),
    listDue: createListDue(parts),
    arm: createArm(parts),
    rearm: createRearm(parts),
    peek: createPeek(parts),
    beginErase: createBeginErase(parts),
    completeErase: createCompleteErase(parts),
    isErased: createIsErased(parts),
    liftTombstone: createLiftTombstone(parts),
    ...createOperatorReads(parts),
  };
}

export type StoreMethods<O> = ReturnType<typeof createStoreMethods<O>>;
