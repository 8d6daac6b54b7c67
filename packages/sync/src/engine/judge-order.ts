import type { PhoneIdentity, StoredOrder } from '../ports/order-store.ts';
import type { EngineParts } from './parts.ts';

/** How an order ends before any call. */
export interface EarlyEnd {
  readonly status: 'skipped' | 'failed' | 'pending';
  readonly outcome: 'skipped' | 'failed' | 'deferred';
  readonly reason: string;
}

export type Judgement =
  | { readonly kind: 'go'; readonly phone: PhoneIdentity }
  | {
      readonly kind: 'end';
      readonly end: EarlyEnd;
      /** Null without a valid phone. */
      readonly phone: PhoneIdentity | null;
      /** The row says so already: nothing is to be written. */
      readonly settled: boolean;
    };

/** Decides by the order alone, for the sync and for its preview alike. */
export function judgeOrder<O>(parts: EngineParts<O>, order: StoredOrder<O>): Judgement {
  const { mapping, settings } = parts;
  const read = parts.readPhone(mapping.phoneOf(order.order)).map((key) => identify(parts, key));
  if (order.status === 'skipped' && order.reason === beforeStart) {
    return { kind: 'end', end: skipped(beforeStart), phone: read.unwrapOr(null), settled: true };
  }
  if (read.isErr()) {
    const reason = `invalid_phone: ${read.error.reason}`;
    return end({ status: 'failed', outcome: 'failed', reason }, null);
  }
  const phone = read.value;
  const eligibility = mapping.eligibilityOf(order.order);
  if (!eligibility.eligible) return end(skipped(eligibility.reason), phone);
  return phone.bucket >= settings.rolloutPercent ? end(outsideRollout, phone) : { kind: 'go', phone };
}

/** What the migration gave as the reason to orders that existed before it. */
const beforeStart = 'before_start';

const outsideRollout: EarlyEnd = { status: 'pending', outcome: 'deferred', reason: 'outside_rollout' };

function skipped(reason: string): EarlyEnd {
  return { status: 'skipped', outcome: 'skipped', reason };
}

/** Where a tombstone stands: only the store knows. */
export const erasedEnd: EarlyEnd = skipped('erased');

function end(how: EarlyEnd, phone: PhoneIdentity | null): Judgement {
  return { kind: 'end', end: how, phone, settled: false };
}

export function identify<O>({ hasher }: EngineParts<O>, phoneKey: string): PhoneIdentity {
  return { phoneKey, tombstone: hasher.tombstone(phoneKey), bucket: hasher.bucket(phoneKey) };
}
