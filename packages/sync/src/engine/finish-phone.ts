import type { Choice, OwnOrder } from '../planner/choose-target.ts';
import type { Knowledge } from '../planner/knowledge.ts';
import { identityDrift } from '../planner/next-call.ts';
import type { OrderOutcome, PhoneIdentity } from '../ports/order-store.ts';
import { maskPhone } from '../privacy/mask-phone.ts';
import type { Held, Progress } from './held-phone.ts';
import { olderThanHistory } from './judge-order.ts';
import { report, rowLocked } from './report.ts';
import type { SyncReport } from './sync-engine.ts';

export function isOrphaned<O>({ orphaned }: Choice<O>, { appliedOrderId }: Progress): boolean {
  return orphaned && appliedOrderId === null;
}

function finalStatus(known: Knowledge): 'synced' | 'no_whatsapp' {
  return known.whatsApp.answer === 'no' ? 'no_whatsapp' : 'synced';
}

/** What the orders of the phone end with. */
export function outcomesOf<O>(choice: Choice<O>, known: Knowledge, phone: PhoneIdentity): OrderOutcome[] {
  const { answer } = known.whatsApp;
  const contact = {
    contactId: phone.phoneKey,
    existed: !known.created,
    hasWhatsApp: answer === 'unknown' ? null : answer === 'yes',
  };
  const covered = choice.covered.map(
    ({ orderId, version }): OrderOutcome => ({
      orderId,
      version,
      status: finalStatus(known),
      reason: null,
      contact,
    }),
  );
  const outdated = choice.outdated.map(
    ({ orderId, version }): OrderOutcome => ({
      orderId,
      version,
      status: 'skipped',
      reason: olderThanHistory,
      contact: null,
    }),
  );
  return [...covered, ...outdated, ...ownOutcome(choice.own)];
}

/** Of an own order that is not finished with others. */
function ownOutcome<O>(own: OwnOrder<O>): OrderOutcome[] {
  if (own.kind !== 'ineligible' && own.kind !== 'unusable') return [];
  const { orderId, version } = own.candidate;
  const status = own.kind === 'ineligible' ? 'skipped' : 'failed';
  return [{ orderId, version, status, reason: own.reason, contact: null }];
}

export function finished<O>(
  { parts, orderId, lease }: Held<O>,
  choice: Choice<O>,
  own: Exclude<OwnOrder<O>, { kind: 'elsewhere' }>,
  { known, calls }: Progress,
  locked: readonly string[],
): SyncReport {
  const { phoneKey } = lease.phone;
  if (locked.includes(orderId)) return rowLocked(orderId, phoneKey, parts.random, { calls });
  switch (own.kind) {
    case 'ineligible':
      return report(orderId, phoneKey, { outcome: 'skipped', status: 'skipped', reason: own.reason, calls });
    case 'outdated':
      return report(orderId, phoneKey, {
        outcome: 'skipped',
        status: 'skipped',
        reason: olderThanHistory,
        calls,
      });
    case 'unusable': {
      const { reason, failure } = own;
      return report(orderId, phoneKey, { outcome: 'failed', status: 'failed', reason, failure, calls });
    }
    case 'eligible': {
      const written = known.updated ? 'updated' : 'unchanged';
      return report(orderId, phoneKey, {
        outcome: known.created ? 'created' : written,
        status: finalStatus(known),
        reason: choice.target?.orderId === orderId ? null : 'covered_by_newer',
        whatsApp: known.whatsApp.answer,
        calls,
      });
    }
  }
}

export function tell<O>(held: Held<O>, choice: Choice<O>, progress: Progress): void {
  const { emit, hasher } = held.parts;
  const { known } = progress;
  if (isOrphaned(choice, progress)) emit({ kind: 'contact-orphaned', orderId: held.orderId });
  if (choice.target === null) return;
  const { orderId, desired } = choice.target;
  for (const { field, problem } of desired.problems)
    emit({ kind: 'field-unusable', orderId, field, problem });
  const fields = known.updated && !known.created ? identityDrift(desired, known.identity, hasher) : [];
  if (fields.length > 0) {
    emit({ kind: 'identity-drift', orderId, phone: maskPhone(held.lease.phone.phoneKey), fields });
  }
}
