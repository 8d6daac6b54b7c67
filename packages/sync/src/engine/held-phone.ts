import type { Knowledge } from '../planner/knowledge.ts';
import type { Ledger, LedgerWrite } from '../ports/order-store.ts';
import type { Lease } from './lease.ts';
import type { EngineParts } from './parts.ts';

/** A phone whose lease this sync holds. */
export interface Held<O> {
  readonly parts: EngineParts<O>;
  readonly lease: Lease<O>;
  readonly orderId: string;
  /** Whether an order of this phone still normalises to it. */
  readonly belongs: (order: O) => boolean;
}

/** How far the work under a lease has come. */
export interface Progress {
  /** As it was found. */
  readonly ledger: Ledger;
  readonly known: Knowledge;
  /** The order whose values the contact was last proven to hold whole, in this sync. */
  readonly appliedOrderId: string | null;
  /** Calls to the gateway. */
  readonly calls: number;
}

/** The ledger as this work leaves it, finished or not. */
export function ledgerAfter({ ledger, known, appliedOrderId }: Progress): LedgerWrite {
  return {
    contact: known.contact === 'exists' ? 'exists' : 'unknown',
    hashes: known.hashes,
    appliedHashes: appliedOrderId === null ? mixture(ledger, known) : null,
    identity: known.identity,
    ...(known.whatsApp.learnt ? { whatsApp: known.whatsApp.answer } : {}),
    verified: known.verified,
    unclean: known.mustLook,
  };
}

/**
 * What stood in the contact before the writes that were left half done, by this sync, one before it, or a holder that
 * vanished; null: none was.
 */
function mixture(ledger: Ledger, known: Knowledge): Ledger['appliedHashes'] {
  return ledger.appliedHashes ?? (known.wrote || ledger.unclean ? ledger.hashes : null);
}
