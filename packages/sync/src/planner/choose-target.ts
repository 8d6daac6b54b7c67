import type { DesiredContact } from '../mapping/mapping.ts';
import { tryMapping } from '../mapping/try-mapping.ts';
import type { Candidate, Ledger, Snapshot } from '../ports/order-store.ts';
import {
  type Assessment,
  assessOrder,
  mappingFailed,
  type OrderMapping,
  type Unusable,
} from './assess-order.ts';
import type { ContactHasher } from './knowledge.ts';
import { gives } from './next-call.ts';

export interface Target {
  readonly orderId: string;
  readonly desired: DesiredContact;
}

export interface Choice<O> {
  /** The order whose values the contact must hold; null: there is none, or the contact already holds newer ones. */
  readonly target: Target | null;
  /** Orders that this sync finishes together with the target. */
  readonly covered: readonly Candidate<O>[];
  /** Orders that are older than one from before the sync, and must not be written. */
  readonly outdated: readonly Candidate<O>[];
  /** The contact holds, or may hold, what no order of the phone accounts for. */
  readonly orphaned: boolean;
  readonly own: OwnOrder<O>;
}

/** The job's own order, with whether it still belongs to this phone and may be synced. */
export type OwnOrder<O> =
  | { readonly kind: 'eligible' | 'outdated'; readonly candidate: Candidate<O> }
  | { readonly kind: 'ineligible'; readonly candidate: Candidate<O>; readonly reason: string }
  | (Unusable & { readonly candidate: Candidate<O> })
  /** Its phone was edited, or the row is gone: the sync starts from the beginning. */
  | { readonly kind: 'elsewhere' };

export interface ChoiceRules<O> {
  readonly mapping: OrderMapping<O>;
  readonly belongs: (order: O) => boolean;
  readonly hasher: ContactHasher;
}

interface Assessed<O> {
  readonly candidate: Candidate<O>;
  readonly assessment: Assessment;
}

// An order of history is a candidate only where a preview asks for it.
const unfinished: ReadonlySet<string> = new Set(['history', 'pending', 'syncing', 'failed']);

/**
 * The newest eligible order wins. The rank goes back only where an order moved away from this phone, or a write was
 * left unfinished: then to the newest eligible order, else to the one last applied if it still gives the same values.
 */
export function chooseTarget<O>(
  { ledger, candidates }: Snapshot<O>,
  ownOrderId: string,
  rules: ChoiceRules<O>,
): Choice<O> {
  const assessed = candidates.map((candidate): Assessed<O> => {
    return { candidate, assessment: assessOrder(candidate, rules.mapping, rules.belongs) };
  });
  const newest = newestTarget(assessed, ledger, rules);
  const target = newest.target ?? (isDoubtful(ledger) ? appliedTarget(assessed, ledger, rules) : null);

  // What could not be mapped on the way to the target is no order to finish with it.
  const known = assessed.map((one) => ({ ...one, ...newest.broken.get(one.candidate.orderId) }));
  const open = known.filter(
    ({ candidate, assessment }) => assessment.kind === 'eligible' && unfinished.has(candidate.status),
  );
  const at = candidates.findIndex(({ orderId }) => orderId === target?.orderId);
  const isCovered = ({ candidate }: Assessed<O>) =>
    target === null ? !isAhead(candidate) : candidates.indexOf(candidate) >= at;
  const outdated = open.filter((one) => !isCovered(one) && one.candidate.position === 'older_than_history');
  return {
    target,
    covered: open.filter(isCovered).map(({ candidate }) => candidate),
    outdated: outdated.map(({ candidate }) => candidate),
    orphaned: target === null && (ledger.repair || isDoubtful(ledger)),
    own: ownOrder(known, outdated, ownOrderId),
  };
}

/** A write was left half done, or its holder vanished: nobody can say whose values the contact has. */
function isDoubtful({ appliedHashes, unclean }: Ledger): boolean {
  return appliedHashes !== null || unclean;
}

/** Newer than what was applied, though perhaps not allowed. */
function isAhead<O>({ position }: Candidate<O>): boolean {
  return position === 'newer' || position === 'older_than_history';
}

function newestTarget<O>(assessed: readonly Assessed<O>[], ledger: Ledger, { mapping }: ChoiceRules<O>) {
  const mayGoBack = ledger.repair || isDoubtful(ledger);
  const broken = new Map<string, { assessment: Unusable }>();
  for (const { candidate, assessment } of assessed) {
    if (!candidate.readable || assessment.kind !== 'eligible') continue;
    const { orderId, order, position } = candidate;
    if (position === 'older_than_history' || (position === 'older' && !mayGoBack)) continue;
    const desired = tryMapping('fields', () => mapping.desiredContact(order));
    if (desired.isOk()) return { target: { orderId, desired: desired.value }, broken };
    broken.set(orderId, { assessment: mappingFailed(desired.error) });
  }
  return { target: null, broken };
}

/** The order that was applied last, if it left the race but its row gives what was recorded then. */
function appliedTarget<O>(
  assessed: readonly Assessed<O>[],
  { appliedHashes, hashes }: Ledger,
  { mapping, hasher }: ChoiceRules<O>,
): Target | null {
  const applied = assessed.find(({ candidate }) => candidate.position === 'applied');
  if (applied?.assessment.kind !== 'ineligible' || !applied.candidate.readable) return null;
  const { orderId, order } = applied.candidate;
  return tryMapping('fields', () => mapping.desiredContact(order)).match(
    (desired) => (gives(desired, appliedHashes ?? hashes, hasher) ? { orderId, desired } : null),
    () => null,
  );
}

function ownOrder<O>(
  assessed: readonly Assessed<O>[],
  outdated: readonly Assessed<O>[],
  orderId: string,
): OwnOrder<O> {
  const own = assessed.find(({ candidate }) => candidate.orderId === orderId);
  if (own === undefined || own.assessment.kind === 'elsewhere') return { kind: 'elsewhere' };
  const { candidate, assessment } = own;
  if (assessment.kind !== 'eligible') return { ...assessment, candidate };
  return { kind: outdated.includes(own) ? 'outdated' : 'eligible', candidate };
}
