import type { LedgerWrite } from '@visanet/cbb-sync';

/** Assignments of a ledger row that its holder leaves; `write` is the parameter with the JSON of `ledgerValue`. */
export function ledgerAssignments(write: string): string {
  return `contact = ${write}::jsonb ->> 'contact', hashes = ${write}::jsonb -> 'hashes',
    applied_hashes = NULLIF(${write}::jsonb -> 'appliedHashes', 'null'::jsonb),
    identity = ${write}::jsonb -> 'identity',
    whatsapp = COALESCE(${write}::jsonb ->> 'whatsApp', l.whatsapp),
    whatsapp_at = CASE WHEN ${write}::jsonb ? 'whatsApp' THEN now() ELSE l.whatsapp_at END,
    verified_at = CASE WHEN (${write}::jsonb ->> 'verified')::boolean THEN now() ELSE l.verified_at END,
    unclean = (${write}::jsonb ->> 'unclean')::boolean,
    lease_token = NULL, lease_expires_at = NULL, written_at = now()`;
}

export function ledgerValue(write: LedgerWrite): string {
  return JSON.stringify(write);
}
