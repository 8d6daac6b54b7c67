import type { ProvenScope } from '@visanet/cbb-client';
import type { DatabaseIdentity, ScopeSurvey } from '@visanet/cbb-postgres';
import { ago } from './ago.ts';
import { facts } from './table.ts';

function identityText({ database, databaseOid, systemIdentifier, timeline }: DatabaseIdentity): string {
  const server = systemIdentifier === null ? 'a server that does not tell' : `server ${systemIdentifier}`;
  return `${database}, oid ${databaseOid}, ${server}${timeline === null ? '' : `, timeline ${timeline}`}`;
}

/** Whose contacts and which database the ledger speaks of, and what is found now. Identifiers alone. */
export function scopeFacts(
  { stored, identity, contacts, liveLeases }: ScopeSurvey,
  proven: ProvenScope,
  effect: string,
): string {
  return facts({
    'stored account': stored === null ? 'none yet' : `${stored.contract}/${stored.account}`,
    'proven account': `${proven.contract}/${proven.account}`,
    'stored database': stored === null ? 'none yet' : identityText(stored),
    'this database': identityText(identity),
    'last seen': stored === null ? null : `${ago(stored.seenAgoMs)} ago`,
    contacts,
    'running syncs': liveLeases,
    'would be done': effect,
  });
}
