import { err, ok, type Result } from 'neverthrow';
import type { Knowledge } from '../planner/knowledge.ts';
import type { Candidate, Snapshot, StoreError } from '../ports/order-store.ts';
import { maskPhone } from '../privacy/mask-phone.ts';
import { decideFailure, type FailureDecision } from './decide-failure.ts';
import type { Drive } from './drive-contact.ts';
import { type Held, ledgerOf } from './held-phone.ts';
import { deferred, report } from './report.ts';
import type { NextStep, SyncReport } from './sync-engine.ts';

/** A stale writer: what it may have overwritten must be written again by whoever comes next. */
export async function leaseLost<O>(held: Held<O>, calls: number): Promise<Result<SyncReport, StoreError>> {
  const { parts, lease, orderId } = held;
  const voided = await parts.store.voidLedger(lease.phone, orderId);
  if (voided.isErr()) return err(voided.error);
  parts.emit({ kind: 'lease-lost', orderId, phone: maskPhone(lease.phone.phoneKey) });
  return ok(deferred(orderId, lease.phone.phoneKey, 'lease_lost', parts.settings.backoffBaseMs, calls));
}

/** Frees the phone with the order due at once and nothing counted. */
export async function giveBack<O>(
  held: Held<O>,
  version: number,
  known: Knowledge,
  appliedOrderId: string | null,
): Promise<Result<void, StoreError>> {
  const { parts, lease, orderId } = held;
  const released = await parts.store.release({
    phone: lease.phone,
    token: lease.token,
    ledger: ledgerOf(known),
    appliedOrderId,
    own: { orderId, version, status: 'pending', dueInMs: 0, reason: null, countsAttempt: false },
  });
  if (released.isErr()) return err(released.error);
  if (released.value === 'lost') return (await leaseLost(held, 0)).map(() => undefined);
  return ok(undefined);
}

/** Frees the phone after a failed call and records what it means for the job's own order. */
export async function giveUp<O>(
  held: Held<O>,
  own: Candidate<O>,
  drive: Extract<Drive, { kind: 'failed' }>,
  calls: number,
): Promise<Result<SyncReport, StoreError>> {
  const { parts, lease, orderId } = held;
  const { error, failure, known } = drive;
  const decision = decideFailure(error, failure, own.attempts, parts.settings, parts.random);
  const missingFields = error.missingFields ?? [];
  const reason = missingFields.length === 0 ? failure : `${failure}: ${missingFields.join(', ')}`;
  const released = await parts.store.release({
    phone: lease.phone,
    token: lease.token,
    ledger: ledgerOf(known),
    appliedOrderId: null,
    own: {
      orderId,
      version: own.version,
      status: decision.kind === 'failed' ? 'failed' : 'pending',
      dueInMs: decision.kind === 'failed' ? 0 : decision.afterMs,
      reason,
      countsAttempt: decision.kind === 'retry' || (decision.kind === 'failed' && error.retryable),
    },
  });
  if (released.isErr()) return err(released.error);
  if (released.value === 'lost') return leaseLost(held, calls);
  if (decision.kind === 'stop') tellRejectedKey(held);
  return ok(
    report(orderId, lease.phone.phoneKey, {
      outcome: outcomeOf(decision, failure),
      status: decision.kind === 'failed' ? 'failed' : 'pending',
      next: nextOf(decision),
      reason,
      failure,
      missingFields,
      whatsApp: known.whatsApp.answer,
      calls,
    }),
  );
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

function tellRejectedKey<O>({ parts }: Held<O>): void {
  if (parts.key.rejected) return;
  parts.key.rejected = true;
  parts.emit({ kind: 'key-rejected' });
}

/** An order that ends its process again and again is put aside; the ledger stays as it was found. */
export async function giveUpCrashed<O>(
  held: Held<O>,
  { ledger, candidates }: Snapshot<O>,
): Promise<Result<SyncReport, StoreError>> {
  const { parts, lease, orderId } = held;
  const version = candidates.find((candidate) => candidate.orderId === orderId)?.version ?? 0;
  const { contact, hashes, identity, unclean } = ledger;
  const released = await parts.store.release({
    phone: lease.phone,
    token: lease.token,
    ledger: { contact, hashes, identity, unclean, verified: false },
    appliedOrderId: null,
    own: { orderId, version, status: 'failed', dueInMs: 0, reason: 'crashed', countsAttempt: false },
  });
  if (released.isErr()) return err(released.error);
  if (released.value === 'lost') return leaseLost(held, 0);
  return ok(
    report(orderId, lease.phone.phoneKey, {
      outcome: 'failed',
      status: 'failed',
      reason: 'crashed',
      failure: 'crashed',
    }),
  );
}
