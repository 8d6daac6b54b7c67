import type { Mapping } from '../mapping/mapping.ts';
import type { Candidate, Snapshot } from '../ports/order-store.ts';

export interface Choice<O> {
  /** The order whose values the contact must hold; null: the contact already holds newer ones. */
  readonly target: Candidate<O> | null;
  /** Orders that this sync finishes together with the target. */
  readonly covered: readonly Candidate<O>[];
  /** The job's own order, with whether it still belongs to this phone and may be synced. */
  readonly own: OwnOrder<O>;
}

export type OwnOrder<O> =
  | { readonly kind: 'eligible'; readonly candidate: Candidate<O> }
  | { readonly kind: 'ineligible'; readonly candidate: Candidate<O>; readonly reason: string }
  /** Its phone was edited, or the row is gone: the sync starts from the beginning. */
  | { readonly kind: 'elsewhere' };

const unfinished: ReadonlySet<string> = new Set(['pending', 'syncing', 'failed']);

/** The newest eligible order wins; the rank never goes back unless an order moved away from this phone. */
export function chooseTarget<O>(
  snapshot: Snapshot<O>,
  ownOrderId: string,
  mapping: Pick<Mapping<O>, 'eligibilityOf'>,
  belongs: (order: O) => boolean,
): Choice<O> {
  const here = snapshot.candidates.filter(({ order }) => belongs(order));
  const eligible = here.filter(({ order }) => mapping.eligibilityOf(order).eligible);
  const newest = eligible[0];
  const applies = newest !== undefined && (newest.position !== 'older' || snapshot.ledger.repair);
  return {
    target: applies ? newest : null,
    covered: eligible.filter(({ status }) => unfinished.has(status)),
    own: ownOrder(here, ownOrderId, mapping),
  };
}

function ownOrder<O>(
  here: readonly Candidate<O>[],
  orderId: string,
  mapping: Pick<Mapping<O>, 'eligibilityOf'>,
): OwnOrder<O> {
  const candidate = here.find((order) => order.orderId === orderId);
  if (candidate === undefined) return { kind: 'elsewhere' };
  const eligibility = mapping.eligibilityOf(candidate.order);
  return eligibility.eligible
    ? { kind: 'eligible', candidate }
    : { kind: 'ineligible', candidate, reason: eligibility.reason };
}
