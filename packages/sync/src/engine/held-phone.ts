import type { Knowledge } from '../planner/knowledge.ts';
import type { LedgerWrite } from '../ports/order-store.ts';
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

export function ledgerOf(known: Knowledge): LedgerWrite {
  return {
    contact: known.contact === 'exists' ? 'exists' : 'unknown',
    hashes: known.hashes,
    identity: known.identity,
    ...(known.whatsApp.learnt ? { whatsApp: known.whatsApp.answer } : {}),
    verified: known.verified,
    unclean: known.mustLook,
  };
}
