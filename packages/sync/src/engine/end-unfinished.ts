import { err, ok, type Result } from 'neverthrow';
import { recall } from '../planner/knowledge.ts';
import type { Candidate, ReleaseInput, Snapshot, StoreError } from '../ports/order-store.ts';
import { maskPhone } from '../privacy/mask-phone.ts';
import { waitMs } from './clock-wait.ts';
import { decideFailure, type FailureDecision } from './decide-failure.ts';
import type { Drive } from './drive-contact.ts';
import { type Held, ledgerAfter, type Progress } from './held-phone.ts';
import { keepLease } from './left-leases.ts';
import { recallRules, tellRejectedKey } from './parts.ts';
import { deferred, report, rowLocked } from './report.ts';
import type { NextStep, SyncReport } from './sync-engine.ts';
import { voidLedger } from './void-ledger.ts';

type Own = ReleaseInput['own'];
type Unfinished<T> = Promise<Result<T, StoreError>>;

/** Frees the lease; where even that fails, keeps it to be taken up again by the order's next run. */
async function release<O>(
  held: Held<O>,
  progress: Progress,
  own: Pick<Own, 'version'> & Partial<Own>,
): Unfinished<'released' | 'locked' | 'lost'> {
  const { parts, lease, orderId } = held;
  const { phone, token } = lease;
  const released = await parts.store.release({
    phone,
    token,
    ledger: ledgerAfter(progress),
    appliedOrderId: progress.appliedOrderId,
    own: {
      orderId,
      status: 'pending',
      dueInMs: 0,
      reason: null,
      countsAttempt: false,
      failing: false,
      ...own,
    },
  });
  if (released.isErr()) {
    keepLease(parts, orderId, token);
    return err(released.error);
  }
  if (released.value.kind === 'lost') return ok('lost');
  return ok(released.value.locked ? 'locked' : 'released');
}

/** A stale writer: what it may have overwritten must be written again by whoever comes next. */
export async function leaseLost<O>(held: Held<O>, calls: number): Unfinished<SyncReport> {
  const { parts, lease, orderId } = held;
  const voided = await voidLedger(parts, lease.phone, orderId);
  if (voided.isErr()) return err(voided.error);
  parts.emit({ kind: 'lease-lost', orderId, phone: maskPhone(lease.phone.phoneKey) });
  return ok(deferred(orderId, lease.phone.phoneKey, 'lease_lost', parts.settings.backoffBaseMs, calls));
}

/** Statements of other syncs hold a row for no longer than this. */
const shortLockMs = 250;

/** The worker ends: nobody comes back for a row that another held while the phone was freed. */
async function freeRow<O>({ parts, orderId }: Held<O>): Promise<void> {
  await waitMs(parts.clock, shortLockMs);
  // Where it is held still, or the store fails, the order is taken over when its lease would have ended.
  (await parts.store.arm(orderId)).unwrapOr(false);
}

/** Frees the phone with the order due at once and nothing counted. */
export async function giveBack<O>(held: Held<O>, progress: Progress, version: number): Unfinished<void> {
  const released = await release(held, progress, { version });
  if (released.isErr()) return err(released.error);
  if (released.value === 'lost') return (await leaseLost(held, 0)).map(() => undefined);
  if (released.value === 'locked') await freeRow(held);
  return ok(undefined);
}

/** The store failed under a lease: no fault of the order, which must not look as if its process had died. */
export async function storeFailed<O>(
  held: Held<O>,
  progress: Progress,
  version: number,
  error: StoreError,
): Unfinished<never> {
  const dueInMs = held.parts.settings.backoffBaseMs;
  const released = await release(held, progress, { version, dueInMs });
  // Perhaps the write that failed was done all the same; or the lease ran out, and another may have written.
  if (released.isErr() || released.value !== 'lost') return err(error);
  return (await leaseLost(held, 0)).andThen(() => err(error));
}

/** Frees the phone after a failed call and records what it means for the job's own order. */
export async function giveUp<O>(
  held: Held<O>,
  own: Candidate<O>,
  drive: Extract<Drive, { kind: 'failed' }>,
  progress: Progress,
): Unfinished<SyncReport> {
  const { parts, lease, orderId } = held;
  const { calls } = progress;
  const { error, failure, known } = drive;
  const decision = decideFailure(error, failure, own, parts.settings, parts.random);
  const missingFields = error.missingFields ?? [];
  const reason = reasonOf(decision, own, missingFields);
  const released = await release(held, progress, {
    version: own.version,
    status: decision.kind === 'failed' ? 'failed' : 'pending',
    dueInMs: decision.kind === 'failed' ? 0 : decision.afterMs,
    reason,
    countsAttempt: decision.kind === 'retry' || (decision.kind === 'failed' && countsLast(error)),
    failing: decision.kind === 'retry' && decision.away,
  });
  if (released.isErr()) return err(released.error);
  if (released.value === 'lost') return leaseLost(held, calls);
  if (decision.kind === 'stop') {
    tellRejectedKey(parts);
    if (released.value === 'locked') await freeRow(held);
  } else if (released.value === 'locked') {
    const afterMs = decision.kind === 'failed' ? 0 : decision.afterMs;
    return ok(rowLocked(orderId, lease.phone.phoneKey, parts.random, { afterMs, calls }));
  }
  return ok(
    report(orderId, lease.phone.phoneKey, {
      outcome: outcomeOf(decision, failure),
      status: decision.kind === 'failed' ? 'failed' : 'pending',
      next: nextOf(decision),
      reason: decision.kind === 'defer' ? withFields(failure, missingFields) : reason,
      failure: decision.failure,
      missingFields,
      whatsApp: known.whatsApp.answer,
      calls,
    }),
  );
}

/** The circuit says nothing of the order that is not known: its own last failure stays. */
function reasonOf<O>(decision: FailureDecision, own: Candidate<O>, fields: readonly string[]): string | null {
  const refused =
    decision.failure === 'circuit_open' ||
    (decision.kind === 'failed' && own.reason?.startsWith(decision.failure));
  if (refused && own.attempts > 0) return own.reason;
  return withFields(decision.failure, fields);
}

function withFields(failure: string, fields: readonly string[]): string {
  return fields.length === 0 ? failure : `${failure}: ${fields.join(', ')}`;
}

function countsLast({ kind, retryable }: { readonly kind: string; readonly retryable: boolean }): boolean {
  return retryable && kind !== 'circuit_open';
}

function outcomeOf(decision: FailureDecision, failure: string): SyncReport['outcome'] {
  if (decision.kind === 'defer' || decision.kind === 'stop') return 'deferred';
  return failure === 'partial_write' ? 'partial' : 'failed';
}

function nextOf(decision: FailureDecision): NextStep {
  if (decision.kind === 'failed') return { kind: 'done' };
  if (decision.kind === 'stop') return { kind: 'stop' };
  return { kind: decision.kind, afterMs: decision.afterMs };
}

/** An order that ends its process again and again is put aside; the ledger stays as it was found. */
export async function giveUpCrashed<O>(held: Held<O>, snapshot: Snapshot<O>): Unfinished<SyncReport> {
  const { parts, lease, orderId } = held;
  const version = ownVersion(snapshot, orderId);
  const known = {
    ...recall(snapshot.ledger, recallRules(parts, false)),
    hashes: snapshot.ledger.hashes,
    mustLook: snapshot.ledger.unclean,
  };
  const progress = { ledger: snapshot.ledger, known, appliedOrderId: null, calls: 0 };
  const released = await release(held, progress, { version, status: 'failed', reason: 'crashed' });
  if (released.isErr()) return err(released.error);
  if (released.value === 'lost') return leaseLost(held, 0);
  if (released.value === 'locked') return ok(rowLocked(orderId, lease.phone.phoneKey, parts.random));
  return ok(
    report(orderId, lease.phone.phoneKey, {
      outcome: 'failed',
      status: 'failed',
      reason: 'crashed',
      failure: 'crashed',
    }),
  );
}

/** 0 where the row is gone: nothing is written then. */
export function ownVersion<O>({ candidates }: Snapshot<O>, orderId: string): number {
  return candidates.find((candidate) => candidate.orderId === orderId)?.version ?? 0;
}
