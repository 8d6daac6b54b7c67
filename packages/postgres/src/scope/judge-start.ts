import type { DatabaseIdentity } from './database-identity.ts';
import type { ProvenScope, ScopeRow } from './scope-row.ts';

export type StartJudgement =
  /** Nobody started here before. */
  | { readonly kind: 'first'; readonly scope: ProvenScope }
  /** As it was, as far as the database tells. */
  | { readonly kind: 'same'; readonly scope: ProvenScope }
  /** The standby of the same server took over. */
  | { readonly kind: 'failover'; readonly scope: ProvenScope }
  /** Neither proven nor kept. */
  | { readonly kind: 'no_scope' }
  | { readonly kind: 'scope_differs'; readonly stored: ProvenScope; readonly proven: ProvenScope }
  /** Another server, another database, or an older state of this one. */
  | { readonly kind: 'database_differs'; readonly what: string };

export interface StartFacts {
  /** What the contact service said; null where it was not asked, or did not answer. */
  readonly proven: ProvenScope | null;
  readonly stored: ScopeRow | null;
  readonly identity: DatabaseIdentity;
}

/**
 * A restore to an earlier time raises the timeline of the same server as a failover does, but brings back an older
 * mark of the stores, which each of them renews every minute.
 */
export const failoverWithinMs = 600_000;

export const scopeText = ({ contract, account }: ProvenScope): string => `${contract}/${account}`;

/** Whether this is the database, and the account, that the ledger speaks of. */
export function judgeStart({ proven, stored, identity }: StartFacts): StartJudgement {
  if (stored === null) return proven === null ? { kind: 'no_scope' } : { kind: 'first', scope: proven };
  const { contract, account } = stored;
  const scope = { contract, account };
  const what = whatDiffers(stored, identity);
  if (what !== null) return { kind: 'database_differs', what };
  if (proven !== null && scopeText(proven) !== scopeText(scope)) {
    return { kind: 'scope_differs', stored: scope, proven };
  }
  return { kind: hasRisen(stored, identity) ? 'failover' : 'same', scope };
}

/** Compares what both know: a hosted server may keep to itself which one it is. */
function whatDiffers(stored: ScopeRow, now: DatabaseIdentity): string | null {
  if (stored.database !== now.database) {
    return `it was the database ${stored.database} and is now ${now.database}`;
  }
  if (
    stored.systemIdentifier !== null &&
    now.systemIdentifier !== null &&
    stored.systemIdentifier !== now.systemIdentifier
  ) {
    return `it was on server ${stored.systemIdentifier} and is now on ${now.systemIdentifier}`;
  }
  if (stored.databaseOid !== now.databaseOid) return `the database ${now.database} was made anew`;
  if (stored.timeline !== null && now.timeline !== null && now.timeline < stored.timeline) {
    return `the server went back from timeline ${stored.timeline} to ${now.timeline}`;
  }
  if (hasRisen(stored, now) && stored.seenAgoMs > failoverWithinMs) {
    const minutes = Math.round(stored.seenAgoMs / 60_000);
    return `its timeline rose from ${stored.timeline} to ${now.timeline}, and no store was seen for ${minutes} minutes`;
  }
  return null;
}

const hasRisen = (stored: ScopeRow, now: DatabaseIdentity) =>
  stored.timeline !== null && now.timeline !== null && now.timeline > stored.timeline;
