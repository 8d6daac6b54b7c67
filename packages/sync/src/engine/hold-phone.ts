import { err, ok, type Result } from 'neverthrow';
import type { DesiredContact } from '../mapping/mapping.ts';
import { type Choice, chooseTarget } from '../planner/choose-target.ts';
import { distrust, type Knowledge, recall } from '../planner/knowledge.ts';
import { identityDrift } from '../planner/next-call.ts';
import type { OrderOutcome, PhoneIdentity, Snapshot, StoreError } from '../ports/order-store.ts';
import { maskPhone } from '../privacy/mask-phone.ts';
import { driveContact } from './drive-contact.ts';
import { giveBack, giveUp, leaseLost } from './end-unfinished.ts';
import { type Held, ledgerOf } from './held-phone.ts';
import { recallRules } from './parts.ts';
import { deferred, report } from './report.ts';
import type { SyncOptions, SyncReport } from './sync-engine.ts';

/** Orders that keep changing under a sync are left to the next one after so many rounds. */
const maxRounds = 5;

/** `restart`: the order left this phone meanwhile. */
export type HoldResult = Result<SyncReport | 'restart', StoreError>;

/** Drives the contact of a leased phone to its newest order, until store and service agree. */
export async function holdPhone<O>(
  held: Held<O>,
  first: Snapshot<O>,
  options: SyncOptions,
): Promise<HoldResult> {
  const { parts, lease, orderId } = held;
  let snapshot = first;
  let known = recall(snapshot.ledger, recallRules(parts, options.force ?? false));
  let appliedOrderId: string | null = null;
  let calls = 0;

  for (let round = 0; round < maxRounds; round += 1) {
    const choice = chooseTarget(snapshot, orderId, parts.mapping, held.belongs);
    if (choice.own.kind === 'elsewhere') {
      const given = await giveBack(held, ownVersion(snapshot, orderId), known, appliedOrderId);
      return given.map(() => 'restart' as const);
    }
    const desired = choice.target === null ? null : parts.mapping.desiredContact(choice.target.order);
    const drive = await driveContact(parts, lease, desired, known, options.signal);
    if (drive.kind === 'store_failed') return err(drive.error);
    calls += drive.calls;
    if (drive.kind === 'lease_lost') return leaseLost(held, calls);
    if (drive.kind === 'failed') return giveUp(held, choice.own.candidate, drive, calls);
    known = drive.known;
    appliedOrderId = choice.target?.orderId ?? appliedOrderId;

    const answer = await parts.store.complete({
      phone: lease.phone,
      token: lease.token,
      seen: snapshot.candidates.map(({ orderId, version }) => ({ orderId, version })),
      appliedOrderId,
      ledger: ledgerOf(known),
      outcomes: outcomesOf(choice, known, lease.phone),
    });
    if (answer.isErr()) return err(answer.error);
    if (answer.value.kind === 'lost') return leaseLost(held, calls);
    if (answer.value.kind === 'completed') {
      if (choice.target !== null && desired !== null) tell(held, choice.target.orderId, desired, known);
      return ok(finished(held, choice, known, calls));
    }
    snapshot = answer.value.snapshot;
    if (snapshot.ledger.unclean) known = distrust(known, parts.gateway.capabilities.updatesInOneRequest);
  }
  const given = await giveBack(held, ownVersion(snapshot, orderId), known, appliedOrderId);
  return given.map(() => deferred(orderId, lease.phone.phoneKey, 'changing', 0, calls));
}

/** 0 where the row is gone: nothing is written then. */
function ownVersion<O>(snapshot: Snapshot<O>, orderId: string): number {
  return snapshot.candidates.find((candidate) => candidate.orderId === orderId)?.version ?? 0;
}

function finalStatus(known: Knowledge): 'synced' | 'no_whatsapp' {
  return known.whatsApp.answer === 'no' ? 'no_whatsapp' : 'synced';
}

function outcomesOf<O>(choice: Choice<O>, known: Knowledge, phone: PhoneIdentity): OrderOutcome[] {
  const { answer } = known.whatsApp;
  const contact = {
    contactId: phone.phoneKey,
    existed: !known.created,
    hasWhatsApp: answer === 'unknown' ? null : answer === 'yes',
  };
  const outcomes: OrderOutcome[] = choice.covered.map(({ orderId, version }) => ({
    orderId,
    version,
    status: finalStatus(known),
    reason: null,
    contact,
  }));
  if (choice.own.kind === 'ineligible') {
    const { orderId, version } = choice.own.candidate;
    outcomes.push({ orderId, version, status: 'skipped', reason: choice.own.reason, contact: null });
  }
  return outcomes;
}

function finished<O>(held: Held<O>, choice: Choice<O>, known: Knowledge, calls: number): SyncReport {
  const { orderId, lease } = held;
  if (choice.own.kind === 'ineligible') {
    return report(orderId, lease.phone.phoneKey, {
      outcome: 'skipped',
      status: 'skipped',
      reason: choice.own.reason,
      calls,
    });
  }
  const written = known.updated ? 'updated' : 'unchanged';
  return report(orderId, lease.phone.phoneKey, {
    outcome: known.created ? 'created' : written,
    status: finalStatus(known),
    reason: choice.target?.orderId === orderId ? null : 'covered_by_newer',
    whatsApp: known.whatsApp.answer,
    calls,
  });
}

function tell<O>(held: Held<O>, orderId: string, desired: DesiredContact, known: Knowledge): void {
  const { emit, hasher } = held.parts;
  for (const { field, problem } of desired.problems)
    emit({ kind: 'field-unusable', orderId, field, problem });
  const fields = known.updated && !known.created ? identityDrift(desired, known.identity, hasher) : [];
  if (fields.length > 0) {
    emit({ kind: 'identity-drift', orderId, phone: maskPhone(held.lease.phone.phoneKey), fields });
  }
}
