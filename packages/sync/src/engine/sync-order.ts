import { err, ok, type Result } from 'neverthrow';
import type {
  KeyedOrder,
  LeftPhone,
  LoadAnswer,
  PhoneIdentity,
  StoredOrder,
  StoreError,
} from '../ports/order-store.ts';
import { giveUpCrashed } from './end-unfinished.ts';
import { eraseHeldPhone } from './erase-phone.ts';
import { holdPhone } from './hold-phone.ts';
import { type EarlyEnd, erasedEnd, judgeOrder } from './judge-order.ts';
import { Lease } from './lease.ts';
import { orderNotFound } from './order-not-found.ts';
import type { EngineParts } from './parts.ts';
import { deferred, report } from './report.ts';
import type { SyncError, SyncOptions, SyncReport } from './sync-engine.ts';

/** An order that is edited again and again while it is read is left to its next turn. */
const maxRestarts = 5;

type Turn = Result<SyncReport | 'restart', StoreError>;

/** One sync of one order, from its row to its one outcome. */
export async function syncOrder<O>(
  parts: EngineParts<O>,
  orderId: string,
  options: SyncOptions,
): Promise<Result<SyncReport, SyncError>> {
  for (let restart = 0; restart < maxRestarts; restart += 1) {
    if (options.signal?.aborted) return err(aborted);
    const loaded = await parts.store.load(orderId, parts.settings.unkeyedLimit);
    if (loaded.isErr()) return err(loaded.error);
    if (loaded.value === null) return err(orderNotFound);
    const turn = await takeTurn(parts, loaded.value, options);
    if (turn.isErr()) return err(turn.error);
    if (turn.value !== 'restart') {
      parts.emit({ kind: 'sync-finished', report: turn.value });
      return ok(turn.value);
    }
  }
  return ok(deferred(orderId, null, 'changing', 0));
}

async function takeTurn<O>(
  parts: EngineParts<O>,
  { order, unkeyed }: LoadAnswer<O>,
  options: SyncOptions,
): Promise<Turn> {
  const judged = judgeOrder(parts, order);
  if (judged.kind === 'go') return lead(parts, order, judged.phone, keysOf(parts, unkeyed), options);
  return judged.settled
    ? ok(endReport(order.orderId, judged.phone, judged.end))
    : settle(parts, order, judged.phone, judged.end);
}

/** Takes the lease of the phone and works under it. */
async function lead<O>(
  parts: EngineParts<O>,
  order: StoredOrder<O>,
  phone: PhoneIdentity,
  keys: readonly KeyedOrder[],
  options: SyncOptions,
): Promise<Turn> {
  const { store, settings, clock, mapping } = parts;
  const { orderId, version } = order;
  const askedAt = clock.now();
  const begun = await store.begin({ orderId, version, phone, keys, leaseMs: settings.leaseMs });
  if (begun.isErr()) return err(begun.error);
  const answer = begun.value;
  switch (answer.kind) {
    case 'changed':
      return ok('restart');
    case 'busy':
      // Its holder is usually done long before the lease ends; the store has that as the due time.
      return ok(
        deferred(orderId, phone.phoneKey, 'phone_busy', Math.min(answer.retryAfterMs, settings.maxWaitMs)),
      );
    case 'erased':
      return answer.incomplete
        ? finishErasure(parts, order, phone, options)
        : settle(parts, order, null, erasedEnd);
    case 'acquired': {
      tellLeftPhone(parts, orderId, answer.leftPhone);
      const lease = new Lease({ phone, token: answer.token, askedAt }, store, clock, settings);
      const belongs = (other: O) => parts.readPhone(mapping.phoneOf(other)).unwrapOr(null) === phone.phoneKey;
      const held = { parts, lease, orderId, belongs };
      if (answer.crashes > settings.maxCrashes) return giveUpCrashed(held, answer.snapshot);
      return holdPhone(held, answer.snapshot, options);
    }
  }
}

/** A tombstone whose erasure was interrupted, or undone by a stale writer. */
async function finishErasure<O>(
  parts: EngineParts<O>,
  order: StoredOrder<O>,
  phone: PhoneIdentity,
  options: SyncOptions,
): Promise<Turn> {
  const erased = await eraseHeldPhone(parts, phone, options.signal);
  if (erased.isErr()) return err(erased.error);
  const { value } = erased;
  if (value.kind === 'busy')
    return ok(deferred(order.orderId, phone.phoneKey, 'phone_busy', value.retryAfterMs));
  if (value.kind === 'incomplete') {
    return ok(deferred(order.orderId, phone.phoneKey, 'erasure_incomplete', parts.settings.leaseMs));
  }
  parts.emit({ kind: 'erasure-completed', remaining: value.remaining });
  return settle(parts, order, null, erasedEnd);
}

async function settle<O>(
  parts: EngineParts<O>,
  { orderId, version }: StoredOrder<O>,
  phone: PhoneIdentity | null,
  end: EarlyEnd,
): Promise<Turn> {
  const { status } = end;
  const reason = status === 'pending' ? null : end.reason;
  const settled = await parts.store.settle({ orderId, version, phone, status, reason });
  if (settled.isErr()) return err(settled.error);
  if (settled.value.kind === 'changed') return ok('restart');
  tellLeftPhone(parts, orderId, settled.value.leftPhone);
  return ok(endReport(orderId, phone, end));
}

function endReport(orderId: string, phone: PhoneIdentity | null, end: EarlyEnd): SyncReport {
  const failure = end.status === 'failed' ? 'invalid_phone' : null;
  return report(orderId, phone?.phoneKey ?? null, { ...end, failure });
}

/** Orders whose phone is invalid get no key here: their own sync says why. */
function keysOf<O>(parts: EngineParts<O>, unkeyed: readonly StoredOrder<O>[]): KeyedOrder[] {
  return unkeyed.flatMap(({ orderId, version, order }) => {
    const phone = parts.readPhone(parts.mapping.phoneOf(order));
    if (phone.isErr()) return [];
    return [{ orderId, version, phoneKey: phone.value, bucket: parts.hasher.bucket(phone.value) }];
  });
}

function tellLeftPhone<O>(parts: EngineParts<O>, orderId: string, leftPhone: LeftPhone): void {
  if (leftPhone === 'orphaned') parts.emit({ kind: 'contact-orphaned', orderId });
}

const aborted: SyncError = Object.freeze({
  kind: 'aborted',
  message: 'The sync was stopped before it took the order.',
  retryable: true,
});
