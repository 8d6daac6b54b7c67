import type { Mapping, MappingFailure } from '../mapping/mapping.ts';
import { tryMapping } from '../mapping/try-mapping.ts';
import type { Candidate, UnreadableOrder } from '../ports/order-store.ts';

/** What an order is to a phone. */
export type Assessment =
  | { readonly kind: 'eligible' }
  | { readonly kind: 'ineligible'; readonly reason: string }
  /** Its phone was edited. */
  | { readonly kind: 'elsewhere' }
  /** Nobody can say: its row does not fit the schema, or a function of the mapping threw. */
  | Unusable;

export interface Unusable {
  readonly kind: 'unusable';
  readonly failure: 'row_invalid' | 'mapping_failed';
  readonly reason: string;
}

export type OrderMapping<O> = Pick<Mapping<O>, 'phoneOf' | 'eligibilityOf' | 'desiredContact'>;

export function unreadable({ problems, failure }: Pick<UnreadableOrder, 'problems' | 'failure'>): Unusable {
  if (failure !== undefined) return mappingFailed(failure);
  return { kind: 'unusable', failure: 'row_invalid', reason: `row_invalid: ${problems.join(', ')}` };
}

export function mappingFailed({ part, error }: MappingFailure): Unusable {
  return { kind: 'unusable', failure: 'mapping_failed', reason: `mapping_failed: ${part} (${error})` };
}

export function assessOrder<O>(
  candidate: Candidate<O>,
  mapping: OrderMapping<O>,
  belongs: (order: O) => boolean,
): Assessment {
  if (!candidate.readable) return unreadable(candidate);
  const { order } = candidate;
  return tryMapping('phone', () => belongs(order))
    .andThen((here) =>
      tryMapping('eligible', (): Assessment => {
        if (!here) return { kind: 'elsewhere' };
        const decided = mapping.eligibilityOf(order);
        return decided.eligible ? { kind: 'eligible' } : { kind: 'ineligible', reason: decided.reason };
      }),
    )
    .match((assessment) => assessment, mappingFailed);
}
