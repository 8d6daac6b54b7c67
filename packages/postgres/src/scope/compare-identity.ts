import type { DatabaseIdentity } from './scope-row.ts';

export type IdentityVerdict =
  | { readonly kind: 'same' }
  /** The server's standby took over: all is the same but for the timeline, which rose. */
  | { readonly kind: 'failover' }
  /** Another server, another database, or an older state of this one. */
  | { readonly kind: 'differs'; readonly what: string };

/** Compares what both know; a hosted server may keep to itself which one it is. */
export function compareIdentity(stored: DatabaseIdentity, now: DatabaseIdentity): IdentityVerdict {
  const differs = (what: string): IdentityVerdict => ({ kind: 'differs', what });
  if (stored.database !== now.database) {
    return differs(`it was the database ${stored.database} and is now ${now.database}`);
  }
  if (
    known(stored.systemIdentifier, now.systemIdentifier) &&
    stored.systemIdentifier !== now.systemIdentifier
  ) {
    return differs(`it was on server ${stored.systemIdentifier} and is now on ${now.systemIdentifier}`);
  }
  if (stored.databaseOid !== now.databaseOid) return differs(`the database ${now.database} was made anew`);
  if (stored.timeline === null || now.timeline === null || stored.timeline === now.timeline)
    return { kind: 'same' };
  return now.timeline > stored.timeline
    ? { kind: 'failover' }
    : differs(`the server went back from timeline ${stored.timeline} to ${now.timeline}`);
}

const known = (a: string | null, b: string | null) => a !== null && b !== null;
