import { tryMapping } from '../mapping/try-mapping.ts';
import { mappingFailed, type Unusable, unreadable } from '../planner/assess-order.ts';
import type { PhoneIdentity, StoredOrder } from '../ports/order-store.ts';
import type { EngineParts } from './parts.ts';
import type { FailureKind } from './sync-engine.ts';

/** How an order ends before any call. */
export interface EarlyEnd {
  readonly status: 'skipped' | 'failed' | 'pending';
  readonly outcome: 'skipped' | 'failed' | 'deferred';
  readonly reason: string;
  readonly failure: FailureKind | null;
}

export type Judgement =
  | { readonly kind: 'go'; readonly phone: PhoneIdentity }
  | {
      readonly kind: 'end';
      readonly end: EarlyEnd;
      /** Null without a valid phone; `unchanged` where nobody can say. */
      readonly phone: PhoneIdentity | 'unchanged' | null;
    };

/** Decides by the order alone, for the sync and for its preview alike. */
export function judgeOrder<O>(parts: EngineParts<O>, stored: StoredOrder<O>): Judgement {
  const { mapping, settings } = parts;
  if (!stored.readable) return unusable(unreadable(stored), 'unchanged');
  const { order } = stored;
  const read = tryMapping('phone', () => parts.readPhone(mapping.phoneOf(order)));
  if (read.isErr()) return unusable(mappingFailed(read.error), 'unchanged');
  if (read.value.isErr()) {
    const reason = `invalid_phone: ${read.value.error.reason}`;
    return { kind: 'end', end: failed({ failure: 'invalid_phone', reason }), phone: null };
  }
  const phone = identify(parts, read.value.value);
  const eligibility = tryMapping('eligible', () => mapping.eligibilityOf(order));
  if (eligibility.isErr()) return unusable(mappingFailed(eligibility.error), phone);
  if (!eligibility.value.eligible) return { kind: 'end', end: skipped(eligibility.value.reason), phone };
  return phone.bucket >= settings.rolloutPercent
    ? { kind: 'end', end: outsideRollout, phone }
    : { kind: 'go', phone };
}

const outsideRollout: EarlyEnd = {
  status: 'pending',
  outcome: 'deferred',
  reason: 'outside_rollout',
  failure: null,
};

export function skipped(reason: string): EarlyEnd {
  return { status: 'skipped', outcome: 'skipped', reason, failure: null };
}

export function failed({ failure, reason }: { failure: FailureKind; reason: string }): EarlyEnd {
  return { status: 'failed', outcome: 'failed', reason, failure };
}

function unusable(why: Unusable, phone: PhoneIdentity | 'unchanged'): Judgement {
  return { kind: 'end', end: failed(why), phone };
}

/** An order from before the sync is newer: nothing of this one may be written. */
export const olderThanHistory = 'older_than_history';

/** Where a tombstone stands: only the store knows. */
export const erasedEnd: EarlyEnd = skipped('erased');

export function identify<O>({ hasher }: EngineParts<O>, phoneKey: string): PhoneIdentity {
  return { phoneKey, tombstone: hasher.tombstone(phoneKey), bucket: hasher.bucket(phoneKey) };
}

/** Whether orders normalise to this phone; throws where the mapping throws. */
export function belongsTo<O>({ readPhone, mapping }: EngineParts<O>, phoneKey: string) {
  return (order: O) => readPhone(mapping.phoneOf(order)).unwrapOr(null) === phoneKey;
}
