import { err, ok, type Result } from 'neverthrow';
import { tryMapping } from '../mapping/try-mapping.ts';
import type {
  KeyedOrder,
  LeftPhone,
  LoadAnswer,
  PhoneIdentity,
  ReadableOrder,
  StoredOrder,
  StoreError,
} from '../ports/order-store.ts';
import { spreadMs } from './backoff.ts';
import { giveUpCrashed } from './end-unfinished.ts';
import { finishErasure } from './finish-erasure.ts';
import { holdPhone } from './hold-phone.ts';
import { belongsTo, type EarlyEnd, erasedEnd, identify, judgeOrder } from './judge-order.ts';
import { Lease } from './lease.ts';
import { endedByRow } from './need-no-lease.ts';
import { orderNotFound } from './order-not-found.ts';
import type { EngineParts } from './parts.ts';
import { deferred, report, rowLocked } from './report.ts';
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
  if (order.status === 'history') return admit(parts, order, options);
  const ended = endedByRow(parts, order, options);
  if (ended !== null) return ok(ended);
  const judged = judgeOrder(parts, order);
  return judged.kind === 'go'
    ? lead(parts, order, judged.phone, keysOf(parts, unkeyed), options)
    : settle(parts, order, judged.phone, judged.end, options);
}

/** An order from before the sync is none of its business until somebody asks for it. */
async function admit<O>(
  { store, random }: EngineParts<O>,
  { orderId }: StoredOrder<O>,
  options: SyncOptions,
): Promise<Turn> {
  if (!options.history) {
    return ok(report(orderId, null, { outcome: 'skipped', status: 'history', reason: 'before_start' }));
  }
  const admitted = await store.admit(orderId);
  return admitted.map((answer) => (answer === 'locked' ? rowLocked(orderId, null, random) : 'restart'));
}

/** Takes the lease of the phone and works under it. */
async function lead<O>(
  parts: EngineParts<O>,
  order: StoredOrder<O>,
  phone: PhoneIdentity,
  keys: readonly KeyedOrder[],
  options: SyncOptions,
): Promise<Turn> {
  const { store, settings, clock, random } = parts;
  const { orderId, version } = order;
  const { phoneKey } = phone;
  const askedAt = clock.now();
  const left = parts.leftLeases.get(orderId);
  const resumes = left === undefined ? {} : { resumes: left };
  const begun = await store.begin({ orderId, version, phone, keys, leaseMs: settings.leaseMs, ...resumes });
  if (begun.isErr()) return err(begun.error);
  const answer = begun.value;
  switch (answer.kind) {
    case 'changed':
      return ok('restart');
    case 'locked':
      return ok(rowLocked(orderId, phoneKey, random));
    case 'busy': {
      // Its holder is usually done long before the lease ends.
      const afterMs = spreadMs(Math.min(answer.retryAfterMs, settings.maxWaitMs), random);
      return ok(deferred(orderId, phoneKey, 'phone_busy', afterMs));
    }
    case 'erased':
      return answer.incomplete
        ? finishErasure(parts, orderId, phone, options.signal)
        : settle(parts, order, null, erasedEnd, options);
    case 'acquired': {
      parts.leftLeases.delete(orderId);
      tellLeftPhone(parts, orderId, answer.leftPhone);
      const lease = new Lease({ phone, token: answer.token, askedAt }, store, clock, settings);
      const held = { parts, lease, orderId, belongs: belongsTo(parts, phoneKey) };
      if (answer.crashes > settings.maxCrashes) return giveUpCrashed(held, answer.snapshot);
      return holdPhone(held, answer.snapshot, options);
    }
  }
}

async function settle<O>(
  parts: EngineParts<O>,
  order: StoredOrder<O>,
  phone: PhoneIdentity | 'unchanged' | null,
  end: EarlyEnd,
  options: SyncOptions,
): Promise<Turn> {
  const { orderId, version } = order;
  const { status } = end;
  const phoneKey = phone === 'unchanged' ? order.phoneKey : (phone?.phoneKey ?? null);
  const ended = () => ok(report(orderId, phoneKey, end));
  // The row says so already.
  if (status === 'skipped' && order.status === status && order.reason === end.reason) return ended();
  const reason = status === 'pending' ? null : end.reason;
  const settled = await parts.store.settle({ orderId, version, phone, status, reason });
  if (settled.isErr()) return err(settled.error);
  switch (settled.value.kind) {
    case 'changed':
      return ok('restart');
    case 'locked':
      return ok(rowLocked(orderId, phoneKey, parts.random));
    case 'unsettled':
      // A key that is stored but was not read came in between.
      if (phoneKey === null) return ok('restart');
      return lead(parts, order, identify(parts, phoneKey), [], options);
    case 'settled':
      tellLeftPhone(parts, orderId, settled.value.leftPhone);
      return ended();
  }
}

/** Orders whose phone is invalid, or cannot be read, get no key here: their own sync says why. */
function keysOf<O>(parts: EngineParts<O>, unkeyed: readonly ReadableOrder<O>[]): KeyedOrder[] {
  return unkeyed.flatMap(({ orderId, version, order }) => {
    const read = tryMapping('phone', () => parts.readPhone(parts.mapping.phoneOf(order)));
    const phone = read.andThen((normalised) => normalised).unwrapOr(null);
    if (phone === null) return [];
    return [{ orderId, version, phoneKey: phone, bucket: parts.hasher.bucket(phone) }];
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
